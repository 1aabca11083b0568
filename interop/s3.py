"""An S3 imitation (moto) as a process of its own."""

from __future__ import annotations

import os
import urllib.request
from pathlib import Path

from processes import HOST, Process, free_port

PROJECT = Path(__file__).resolve().parent.parent
BUCKET = "interop-bucket"


def find_moto() -> str | None:
    """The Python that has moto; it lives in a venv of its own."""
    candidate = os.environ.get("EQUERRY_MOTO_PYTHON", str(PROJECT / ".venv-moto/bin/python"))
    return candidate if os.access(candidate, os.X_OK) else None


class S3:
    """Started when built; this process and the server find it by ``environment``."""

    def __init__(self, python: str, folder: Path) -> None:
        port = free_port()
        endpoint = f"http://{HOST}:{port}"
        self.environment = {
            "S3_ENDPOINT_URL": endpoint,
            "AWS_ACCESS_KEY_ID": "interop-key",
            "AWS_SECRET_ACCESS_KEY": "interop-secret",
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_EC2_METADATA_DISABLED": "true",
        }
        self._process = Process(
            "moto", [python, "-m", "moto.server", "-H", HOST, "-p", str(port)], log=folder / "moto.log"
        )
        self._process.wait_until(
            lambda: urllib.request.urlopen(f"{endpoint}/moto-api/", timeout=2).status == 200, 60
        )
        os.environ.update(self.environment)
        from lsst.resources.s3utils import getS3Client

        getS3Client().create_bucket(Bucket=BUCKET)

    def stop(self) -> None:
        self._process.stop()
