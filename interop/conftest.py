"""One server for the whole session, with every repository that the tests read.

All labels are declared when the server starts; the repositories behind them are
made when a test first asks for them, as the server opens them then.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent))

import repositories
from postgres import Postgres, find_binaries
from s3 import BUCKET, S3, find_moto
from servers import Repository, Server
from variants import VARIANTS, make_variant

DEMO_LABELS = {"sqlite": "demo-sqlite", "postgresql": "demo-postgresql"}
LABELS = [*DEMO_LABELS.values(), *(v.name for v in VARIANTS), "parts", "parts-s3", "scratch", "missing", "broken"]


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("interop")


@pytest.fixture(scope="session")
def s3(folder: Path) -> Iterator[S3 | None]:
    python = find_moto()
    if python is None:
        yield None
        return
    started = S3(python, folder)
    yield started
    started.stop()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    binaries = find_binaries()
    if binaries is None:
        pytest.skip("NO POSTGRESQL: install a server or set EQUERRY_PG_BIN")
    started = Postgres(binaries)
    yield started
    started.stop()


@pytest.fixture(scope="session")
def server(folder: Path, s3: S3 | None) -> Iterator[Server]:
    started = Server(folder, {label: folder / label for label in LABELS}, env=s3.environment if s3 else None)
    yield started
    started.stop()


@pytest.fixture(scope="session", params=list(DEMO_LABELS))
def demo(request: pytest.FixtureRequest, folder: Path, server: Server) -> Repository:
    """The demo repository, once in SQLite and once in PostgreSQL."""
    label = DEMO_LABELS[request.param]
    root = folder / label
    if request.param == "sqlite":
        repositories.unpack_demo(root)
    else:
        repositories.unpack_demo_to_postgresql(root, request.getfixturevalue("postgres").url)
    return Repository(label, root, server.url(label), collections="meadow/latest")


@pytest.fixture(scope="session", params=VARIANTS, ids=lambda v: v.name)
def variant(request: pytest.FixtureRequest, folder: Path, server: Server) -> Repository:
    root = folder / request.param.name
    make_variant(request.param, root)
    return Repository(request.param.name, root, server.url(request.param.name), collections="old/all")


@pytest.fixture(scope="session", params=["parts", "parts-s3"])
def parts(request: pytest.FixtureRequest, folder: Path, server: Server, s3: S3 | None) -> Repository:
    """Every shape of file record, in local files and in S3."""
    label = request.param
    if label == "parts-s3" and s3 is None:
        pytest.skip("NO MOTO: see requirements-moto.txt")
    where = f"s3://{BUCKET}/parts" if label == "parts-s3" else "<butlerRoot>"
    made = repositories.Parts(folder / label, where)
    return Repository(label, folder / label, server.url(label), collections=repositories.RUN, refs=made.refs)


@pytest.fixture(scope="session")
def scratch(folder: Path, server: Server) -> Repository:
    """A repository that tests change behind the server's back."""
    make_variant(VARIANTS[8], folder / "scratch")
    return Repository("scratch", folder / "scratch", server.url("scratch"), collections="old/all")
