#!/usr/bin/env python3
"""Put the same questions to our server with the stock clients of several releases.

Each release gets a venv of its own and makes a repository in the dimension
universe that is its default; one server serves them all at once.  Every client
asks about every repository what it has means to ask, and the answers must be
those of the direct butler of its release on the same files.

    .venv-interop/bin/python interop/client_releases.py
    … --client 28.0.2 --maker 26.0.2 --engine sqlite     # one cell of the table

The venvs stay in ``target/releases`` and take about 2.5 GB.  ``EQUERRY_SERVER_COMMAND``
puts the questions to another server, as for the interop tests.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from postgres import Postgres, find_binaries
from release_table import Cell, show, table
from servers import Server

INTEROP = Path(__file__).resolve().parent
CACHE = INTEROP.parent / "target/releases"
ENGINES = ("sqlite", "postgresql")
PACKAGE = "lsst-daf-butler"
TIMEOUT_SECONDS = 1200
# What these releases do not limit themselves, though they need it: later ones of
# SQLAlchemy have another PostgreSQL driver by default.
BEFORE_SQLALCHEMY_21 = ("sqlalchemy<2.1",)
OF_2024 = (*BEFORE_SQLALCHEMY_21, "click<8.2", "pyarrow")


@dataclass(frozen=True)
class Release:
    """A release of the stock package, with the Python that it is tried with."""

    version: str
    python: str
    also: tuple[str, ...] = ()
    makes: bool = True
    asks: bool = True
    # The exception with which this client fails on every server of today.
    refuses: str | None = None

    @property
    def extras(self) -> str:
        return "postgres,remote" if self.asks else "postgres"


NEWEST = Release(version(PACKAGE), "")
RELEASES = (
    Release("26.0.2", "3.11", OF_2024, asks=False),
    Release("26.2024.700", "3.11", OF_2024, asks=False),
    Release("26.2024.1100", "3.11", OF_2024, asks=False),
    # Expects a universe of another shape.
    Release("27.2024.2000", "3.11", OF_2024, makes=False, refuses="KeyError"),
    Release("27.2024.4400", "3.11", OF_2024, makes=False),
    Release("28.0.2", "3.11", OF_2024),
    Release("29.2.1", "3.12", BEFORE_SQLALCHEMY_21),
    Release("30.0.11", "3.13", BEFORE_SQLALCHEMY_21),
    NEWEST,
)


class CannotRun(Exception):
    """Something is missing on this machine."""


def find_python(wanted: str) -> str:
    """A Python of this minor version that can make venvs."""
    found = sorted((Path.home() / ".pyenv/versions").glob(f"{wanted}.*/bin/python"))
    for candidate in (f"python{wanted}", *map(str, found)):
        if shutil.which(candidate):
            check = subprocess.run([candidate, "-c", "import venv, ensurepip"], capture_output=True)
            if check.returncode == 0:
                return candidate
    raise CannotRun(f"no Python {wanted} with venv was found in PATH and ~/.pyenv/versions")


def make_venv(release: Release, cache: Path) -> Path:
    """The Python of the venv of a release; the newest is the one that runs this."""
    if release is NEWEST:
        return Path(sys.executable)
    folder = cache / release.version
    python, done = folder / "bin/python", folder / "complete"
    if not done.exists():
        print(f"making the venv of {release.version}", flush=True)
        shutil.rmtree(folder, ignore_errors=True)
        subprocess.run([find_python(release.python), "-m", "venv", str(folder)], check=True)
        packages = [f"{PACKAGE}[{release.extras}]=={release.version}", *release.also]
        subprocess.run(
            [str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check", *packages], check=True
        )
        done.touch()
    return python


def run(python: Path, script: str, *arguments: str, text: str = "") -> str:
    """The standard output of one of the scripts in ``releases``."""
    command = [str(python), "-W", "ignore", str(INTEROP / "releases" / script), *arguments]
    done = subprocess.run(command, input=text, capture_output=True, text=True, timeout=TIMEOUT_SECONDS)
    if done.returncode != 0:
        raise CannotRun(f"{script} failed with {python}:\n{done.stderr[-3000:]}")
    return done.stdout


@dataclass
class Made:
    """A repository and the release that made it."""

    maker: Release
    engine: str
    root: Path
    universe: int = -1

    @property
    def label(self) -> str:
        return self.root.name

    @property
    def column(self) -> str:
        return f"universe {self.universe} ({self.maker.version})"


def labels(makers: list[Release], engines: list[str], folder: Path) -> list[Made]:
    # A dot would be taken for the begin of a file name extension.
    return [
        Made(maker, engine, folder / f"by-{maker.version.replace('.', '-')}-{engine}")
        for maker in makers
        for engine in engines
    ]


def make(repository: Made, python: Path, database: str | None) -> None:
    arguments = [str(repository.root)]
    if repository.engine == "postgresql":
        assert database is not None
        arguments += [database, repository.label.replace("-", "_")]
    repository.universe = int(run(python, "make_repository.py", *arguments).split()[-1])


def ask(python: Path, repositories: list[Made], server: Server) -> dict[str, Any]:
    """The answers of both butlers of a release on every repository."""
    butlers = {f"direct {r.label}": str(r.root) for r in repositories}
    butlers |= {f"remote {r.label}": server.url(r.label) for r in repositories}
    answers = json.loads(run(python, "ask.py", text=json.dumps({"butlers": butlers})))["butlers"]
    if server.process.exit_code is not None:
        raise CannotRun(f"the server has ended with {server.process.exit_code}:\n{server.process.log_text()[-3000:]}")
    return answers


def judge_client(
    client: Release, answers: dict[str, Any], newest: dict[str, Any], repositories: list[Made]
) -> dict[str, Cell]:
    row: dict[str, Cell] = {}
    for repository in repositories:
        cell = row.setdefault(repository.column, Cell())
        direct, remote = (answers[f"{kind} {repository.label}"] for kind in ("direct", "remote"))
        if "error" in remote:
            cell.notes.add(f"refuses: {remote['error']}")
            if remote["error"] != client.refuses:
                cell.differences.append(f"{repository.label} does not open: {show(remote)}")
            continue
        if "error" in direct:
            cell.notes.add(f"judged by {NEWEST.version}, as its direct butler fails: {direct['error']}")
            direct = newest[f"direct {repository.label}"]
        cell.add(remote["questions"], direct["questions"])
    return row


def perform(options: argparse.Namespace) -> int:
    makers = [r for r in RELEASES if r.makes and (not options.maker or r.version in options.maker)]
    clients = [r for r in RELEASES if r.asks and (not options.client or r.version in options.client)]
    pythons = {r.version: make_venv(r, options.cache) for r in RELEASES if r in (*makers, *clients, NEWEST)}
    engines = options.engine or [e for e in ENGINES if e == "sqlite" or find_binaries() is not None]
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="equerry-releases-")))
        folder.chmod(0o755)
        database = None
        if "postgresql" in engines:
            binaries = find_binaries()
            if binaries is None:
                raise CannotRun("found no PostgreSQL: install a server or set EQUERRY_PG_BIN")
            postgres = Postgres(binaries)
            stack.callback(postgres.stop)
            database = postgres.url
        repositories = labels(makers, engines, folder)
        for repository in repositories:
            make(repository, pythons[repository.maker.version], database)
            print(f"{repository.label}: universe {repository.universe}", flush=True)
        server = Server(folder, {r.label: r.root for r in repositories})
        stack.callback(server.stop)
        newest = ask(pythons[NEWEST.version], repositories, server)
        rows = {}
        for client in clients:
            answers = newest if client is NEWEST else ask(pythons[client.version], repositories, server)
            rows[client.version] = judge_client(client, answers, newest, repositories)
            report(client, rows[client.version])
    print(f"\n{table(rows)}\n")
    return 1 if any(cell.differences for row in rows.values() for cell in row.values()) else 0


def report(client: Release, row: dict[str, Cell]) -> None:
    counts = Counter()
    for column, cell in row.items():
        counts.update(asked=cell.asked, lacking=cell.lacking, known=cell.known, different=len(cell.differences))
        for difference in cell.differences:
            print(f"DIFFERENCE client {client.version}, {column}: {difference}")
    print(f"client {client.version}: {dict(counts)}", flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    known = [r.version for r in RELEASES]
    parser.add_argument("--client", action="append", choices=known, help="the clients that ask (all)")
    parser.add_argument("--maker", action="append", choices=known, help="the releases that make repositories (all)")
    parser.add_argument("--engine", action="append", choices=ENGINES, help="both, when none is named")
    parser.add_argument("--cache", type=Path, default=CACHE, help="folder of the venvs (target/releases)")
    try:
        return perform(parser.parse_args())
    except CannotRun as e:
        parser.error(str(e))


if __name__ == "__main__":
    sys.exit(main())
