"""The server under test, and repositories that it serves."""

from __future__ import annotations

import json
import os
import shlex
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from processes import HOST, Process, free_port

from lsst.daf.butler import Butler, DatasetRef

PROJECT = Path(__file__).resolve().parent.parent
READY_TIMEOUT_SECONDS = 60
# The stock client insists on a token; the server never sees what is in it.
TOKEN = "interop-token"


@dataclass
class Repository:
    """A repository on disk, read directly and through the server."""

    label: str
    root: Path
    url: str
    collections: str | None = None
    refs: dict[str, DatasetRef] = field(default_factory=dict, repr=False)

    @cached_property
    def direct(self) -> Butler:
        return Butler.from_config(str(self.root), collections=self.collections)

    def writeable(self) -> Butler:
        return Butler.from_config(str(self.root), writeable=True)

    def remote(self, **options) -> Butler:
        """A new stock client; it holds no answers of an earlier one."""
        os.environ["BUTLER_RUBIN_ACCESS_TOKEN"] = TOKEN
        options.setdefault("collections", self.collections)
        return Butler.from_config(self.url, **options)


class Server:
    """One ``equerry serve``, configured as the stock server is: by its environment.

    ``EQUERRY_SERVER_COMMAND`` may name another server, to try the tests on.
    """

    def __init__(
        self,
        folder: Path,
        repositories: Mapping[str, Path],
        *,
        name: str = "server",
        gafaelfawr_url: str = "DISABLED",
        groups: Mapping[str, list[str]] | None = None,
        env: Mapping[str, str] | None = None,
    ) -> None:
        self.port = free_port()
        self.base = f"http://{HOST}:{self.port}"
        stock = {
            label: {"config_uri": str(root / "butler.yaml"), "authorized_groups": (groups or {}).get(label, ["*"])}
            for label, root in repositories.items()
        }
        command = os.environ.get(
            "EQUERRY_SERVER_COMMAND",
            f"{shlex.quote(str(PROJECT / 'equerry'))} serve --host {{host}} --port {{port}} --config {{config}}",
        )
        # What the stock server has no setting for: files outside of all datastores.
        config = folder / f"{name}.json"
        config.write_text(json.dumps({"servable_directories": [str(folder)]}))
        self.process = Process(
            name,
            [word.format(host=HOST, port=self.port, config=config) for word in shlex.split(command)],
            log=folder / f"{name}.log",
            env={
                **os.environ,
                "DAF_BUTLER_SERVER_REPOSITORIES": json.dumps(stock),
                "DAF_BUTLER_SERVER_GAFAELFAWR_URL": gafaelfawr_url,
                "DAF_BUTLER_SERVER_AUTHENTICATION": "rubin_science_platform",
                "CONF_FILE_BASE": self.base,
                **(env or {}),
            },
        )
        self.process.wait_until(self._answers, READY_TIMEOUT_SECONDS)

    def _answers(self) -> bool:
        with urllib.request.urlopen(f"{self.base}/", timeout=2) as answer:
            return answer.status == 200

    def url(self, label: str) -> str:
        return f"{self.base}/api/butler/repo/{label}/"

    def stop(self) -> None:
        self.process.stop()
