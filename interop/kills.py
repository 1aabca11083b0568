"""Kills ``equerry`` at named points of a change, and looks at what it leaves.

A case is a point (a constant of ``Milestone``), a command that passes it, and an
engine. For each one:

1. the command runs on a copy of a repository until it has come to the point, and is killed;
2. the stock package opens the repository: it must be as before the command or as after it;
3. one ``equerry doctor --fix`` must leave a repository without findings, whose tables and files
   are all those of before or all those of after;
4. the command runs again, and must end with the tables and files of after.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import threading
import time
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import registry_tables
import repositories
from commands import LAUNCHER, PROJECT, equerry
from lsst.daf.butler import Butler

WAIT_SECONDS = 120
GIVEN_UP = ("file_datastore_records", "dataset_location_trash")
MILESTONES = PROJECT / "api/src/main/java/equerry/api/fault/Milestone.java"


def milestones() -> list[str]:
    """The names of all points."""
    return re.findall(r"^  ([A-Z][A-Z_]+)[,;]", MILESTONES.read_text(), re.MULTILINE)


@dataclass(frozen=True)
class Operation:
    """A command and the points that it passes.

    ``arguments`` follow the name of the command and the repository; ``{inputs}`` in them is a
    folder with input files of the case's own.
    """

    name: str
    command: str
    arguments: tuple[str, ...]
    points: tuple[str, ...]
    makes_repository: bool = False

    def line(self, root: Path, inputs: Path, options: list[str]) -> list[str]:
        rest = [a.replace("{inputs}", str(inputs)).replace("{root}", str(root)) for a in self.arguments]
        return [self.command, str(root), *rest, *(options if self.makes_repository else [])]


JSON = ("--formatter", repositories.JSON_FORMATTER)
STAGING = ("FILE_STAGING", "FILE_STAGED", "STAGE_DONE")
PLACING = ("PLACE_BEGUN", "FILE_BEFORE_PLACE", "FILE_PLACED", "PLACE_BEFORE_SYNC", "PLACE_DONE", "FILES_PLACED")
COMMITTING = ("WRITE_BEGUN", "WRITE_BEFORE_COMMIT", "WRITE_COMMITTED")
DATASETS = ("DATASETS_ROWS_WRITTEN", "DATASETS_SUMMARY_WRITTEN", "DATASETS_TAGS_WRITTEN")
RECORDS = ("FILES_RECORDS_WRITTEN", "FILES_LOCATIONS_WRITTEN")
EMPTYING = (
    "TRASH_BEGUN",
    "FILE_BEFORE_DELETE",
    "FILE_DELETED",
    "TRASH_FILES_DELETED",
    "TRASH_FORGOTTEN",
    "TRASH_PAGE_EMPTIED",
)

OPERATIONS = (
    Operation(
        "put",
        "put",
        ("{inputs}/new.json", "visit_summary", "kill/put", "instrument=LarkCam", "visit=2026031400003", *JSON),
        (*COMMITTING, *DATASETS, *STAGING, *RECORDS, *PLACING, "FILES_FINISHED", "COLLECTION_INSERTED"),
    ),
    Operation(
        "ingest by copy",
        "ingest-files",
        ("visit_summary", "kill/copy", "{inputs}/table.csv", "--prefix", "{inputs}", "-t", "copy", *JSON),
        ("FILE_STAGING", "STAGE_DONE", "FILE_BEFORE_PLACE", "FILE_PLACED", "WRITE_BEFORE_COMMIT", "WRITE_COMMITTED"),
    ),
    Operation(
        "ingest by move",
        "ingest-files",
        ("visit_summary", "kill/move", "{inputs}/table.csv", "--prefix", "{inputs}", "-t", "move", *JSON),
        ("FILE_STAGED", "FILE_PLACED", "WRITE_BEFORE_COMMIT", "WRITE_COMMITTED", "SOURCE_BEFORE_DELETE", "SOURCE_DELETED"),
    ),
    Operation(
        "ingest by link",
        "ingest-files",
        ("visit_summary", "kill/link", "{inputs}/table.csv", "--prefix", "{inputs}", "-t", "link", *JSON),
        ("FILE_STAGED", "FILE_PLACED", "WRITE_COMMITTED"),
    ),
    Operation("ingest a zip", "ingest-zip", ("{inputs}/bundle.zip", "-t", "copy"), ("ZIP_STAGED", "FILE_PLACED", "WRITE_COMMITTED")),
    Operation(
        "purge",
        "prune-datasets",
        ("--purge", "meadow/runs/second", "--datasets", "*", "--no-confirm"),
        ("TRASH_FILLED", "DATASETS_DELETED", "WRITE_BEFORE_COMMIT", "WRITE_COMMITTED", *EMPTYING),
    ),
    Operation(
        "unstore",
        "prune-datasets",
        ("meadow/runs/first", "--datasets", "deep_coadd", "--unstore", "--no-confirm"),
        ("TRASH_FILLED", "WRITE_COMMITTED", "FILE_DELETED", "TRASH_FORGOTTEN"),
    ),
    Operation(
        "remove runs",
        "remove-runs",
        ("meadow/runs/*", "--no-confirm", "--force"),
        ("TRASH_FILLED", "RUNS_UNLINKED", "RUNS_DELETED", "WRITE_BEFORE_COMMIT", "WRITE_COMMITTED", *EMPTYING),
    ),
    Operation(
        "associate",
        "associate",
        ("kill/tagged", "-d", "visit_image", "--collections", "meadow/latest", "--find-first"),
        ("COLLECTION_INSERTED", "DATASETS_SUMMARY_WRITTEN", "DATASETS_ASSOCIATED", "WRITE_BEFORE_COMMIT"),
    ),
    Operation(
        "certify",
        "certify-calibrations",
        ("LarkCam/calib/2026b/gen", "kill/calib", "bias", "--begin-date", "2026-03-01"),
        ("COLLECTION_INSERTED", "DATASETS_CERTIFIED", "WRITE_BEFORE_COMMIT"),
    ),
    Operation(
        "decertify",
        "decertify-calibrations",
        ("LarkCam/calib", "bias", "--begin-date", "2026-03-01", "--end-date", "2026-03-05", "--no-confirm"),
        ("DATASETS_RANGES_SPLIT", "WRITE_BEFORE_COMMIT", "WRITE_COMMITTED"),
    ),
    Operation(
        "redefine a chain",
        "collection-chain",
        ("meadow/latest", "refcats", "LarkCam/calib"),
        ("CHAIN_MEMBERS_DELETED", "WRITE_BEFORE_COMMIT", "WRITE_COMMITTED"),
    ),
    Operation(
        "register a dataset type",
        "register-dataset-type",
        ("kill_type", "StructuredDataDict", "instrument", "visit_system", "--is-calibration"),
        ("GROUP_KEY_INSERTED", "DATASET_TABLES_CREATED", "DATASET_TYPE_INSERTED", "WRITE_BEFORE_COMMIT", "WRITE_COMMITTED"),
    ),
    Operation(
        "create",
        "create",
        (),
        ("REGISTRY_TABLES_MADE", "REPOSITORY_CONFIG_STAGED", "REPOSITORY_TABLES_COMMITTED"),
        makes_repository=True,
    ),
)

# Points that no command comes to here, and why.
ELSEWHERE: dict[str, str] = {
    "UPLOAD_BEGUN": "object stores only",
    "UPLOAD_PART_SENT": "object stores only",
    "UPLOAD_STAGED": "object stores only",
}


@dataclass(frozen=True)
class Case:
    operation: Operation
    point: str
    engine: str

    def __str__(self) -> str:
        return f"{self.operation.name} at {self.point} on {self.engine}"


@dataclass
class Outcome:
    """What a killed command left."""

    case: Case
    seen: str = "?"
    findings: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class State:
    """A repository: what the stock package sees, the rows of its tables, its files."""

    view: dict[str, Any]
    tables: dict[str, list[Any]]
    files: frozenset[str]

    def view_without(self, before: State, after: State) -> dict[str, Any]:
        """The view without the files of datasets that stay and lose theirs.

        The stock package goes by the files and their records, which go after the commit.
        """
        losing = {
            name
            for name, found in after.view.get("datasets", {}).items()
            if found != before.view.get("datasets", {}).get(name, found)
        }
        kept = {name: name in losing or found for name, found in self.view["datasets"].items()}
        return {**self.view, "datasets": kept}

    def rows(self) -> dict[str, list[Any]]:
        """The rows that say which datasets there are, without those of files on their way out."""
        return {name: rows for name, rows in self.tables.items() if name not in GIVEN_UP}


class Ward:
    """Repositories to kill commands in, on one engine."""

    def __init__(self, engine: str, folder: Path, url: str | None) -> None:
        self.engine = engine
        self._folder = folder
        self._url = url
        self._lock = threading.Lock()
        self._number = 0
        self._states: dict[str, tuple[State, State]] = {}
        self._asking = {operation.name: threading.Lock() for operation in OPERATIONS}
        self._inputs = folder / "inputs"
        self._base = folder / "base"
        if url is not None:
            self._template = f"base_{uuid.uuid4().hex[:8]}"
            self._execute(f"CREATE DATABASE {self._template}")
            repositories.unpack_demo_to_postgresql(self._base, self._database_url(self._template))
        else:
            repositories.unpack_demo(self._base)
        self._prepare()

    def _execute(self, statement: str) -> None:
        assert self._url is not None
        with psycopg.connect(self._url, autocommit=True) as connection:
            connection.execute(statement)

    def _database_url(self, name: str) -> str:
        assert self._url is not None
        return self._url.rsplit("/", 1)[0] + "/" + name

    def _prepare(self) -> None:
        """Inputs of commands; the datasets of the zip file leave the repository."""
        self._inputs.mkdir()
        (self._inputs / "new.json").write_text('{"new": true}')
        rows = ["file,instrument,visit"]
        with Butler.from_config(str(self._base), writeable=True) as butler:
            refs = butler.query_datasets("quality_report", collections="meadow/latest", limit=None)
            zipped = butler.retrieve_artifacts_zip(refs, destination=str(self._inputs))
            Path(zipped.ospath).rename(self._inputs / "bundle.zip")
            butler.pruneDatasets(refs, purge=True, unstore=True, disassociate=True)
            for record in butler.query_dimension_records("visit"):
                name = f"visit{record.id}.json"
                (self._inputs / name).write_text(f'{{"visit": {record.id}}}')
                rows.append(f"{name},{record.instrument},{record.id}")
        (self._inputs / "table.csv").write_text("\n".join(rows) + "\n")

    # -- repositories ----------------------------------------------------------

    def admit(self, operation: Operation) -> tuple[Path, Path, list[str], str | None]:
        """A copy of the repository and of the inputs, options of ``create``, and a database to drop."""
        with self._lock:
            self._number += 1
            number = self._number
        root = self._folder / f"case{number}"
        inputs = self._folder / f"inputs{number}"
        shutil.copytree(self._inputs, inputs)
        database = None if self._url is None else f"{self._template}_{number}"
        if operation.makes_repository:
            if database is None:
                return root, inputs, [], None
            self._execute(f"CREATE DATABASE {database}")
            with psycopg.connect(self._database_url(database), autocommit=True) as connection:
                connection.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
            return root, inputs, ["--database", self._database_url(database), "--namespace", "made"], database
        shutil.copytree(self._base, root)
        if database is not None:
            with self._lock:
                self._execute(f"CREATE DATABASE {database} TEMPLATE {self._template}")
            config = root / "butler.yaml"
            config.write_text(config.read_text().replace(f"/{self._template}", f"/{database}"))
        return root, inputs, [], database

    def discharge(self, root: Path, inputs: Path, database: str | None) -> None:
        shutil.rmtree(root, ignore_errors=True)
        shutil.rmtree(inputs, ignore_errors=True)
        if database is not None:
            self._execute(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")

    def wait_for_end(self, database: str | None) -> None:
        """A server of PostgreSQL takes the transaction of a client back once it sees that it is gone."""
        if database is None:
            return
        assert self._url is not None
        query = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s"
        deadline = time.monotonic() + 30
        with psycopg.connect(self._url, autocommit=True) as connection:
            while connection.execute(query, (database,)).fetchone() != (0,):
                assert time.monotonic() < deadline, "a session of a killed client stays"
                time.sleep(0.02)

    # -- states ----------------------------------------------------------------

    def before_and_after(self, operation: Operation) -> tuple[State, State]:
        """The states around a command that nobody kills."""
        with self._asking[operation.name]:
            if operation.name not in self._states:
                root, inputs, options, database = self.admit(operation)
                before = EMPTY if operation.makes_repository else state(root)
                equerry(*operation.line(root, inputs, options))
                self._states[operation.name] = (before, state(root))
                self.discharge(root, inputs, database)
            return self._states[operation.name]

    # -- one case --------------------------------------------------------------

    def run(self, case: Case) -> Outcome:
        outcome = Outcome(case)
        try:
            before, after = self.before_and_after(case.operation)
        except AssertionError as failure:
            outcome.faults.append(f"the command fails without a kill: {failure}")
            return outcome
        root, inputs, options, database = self.admit(case.operation)
        line = case.operation.line(root, inputs, options)
        try:
            kill(line, case.point, self._folder / f"sign-{root.name}")
            self.wait_for_end(database)
            self._look(root, before, after, outcome)
            self._mend(root, before, after, outcome)
            self._repeat(root, line, after, outcome)
        except Exception as failure:
            outcome.faults.append(f"{type(failure).__name__}: {failure}")
        self.discharge(root, inputs, database)
        return outcome

    def _look(self, root: Path, before: State, after: State, outcome: Outcome) -> None:
        if not (root / "butler.yaml").exists():
            outcome.seen = "nothing"
            return
        seen = state(root)
        if seen.rows() == before.rows() and seen.view == before.view:
            outcome.seen = "nothing"
        elif seen.rows() == after.rows() and seen.view_without(before, after) == after.view_without(before, after):
            outcome.seen = "everything"
        else:
            outcome.seen = "HALF"
            outcome.faults += registry_tables.differences(before.rows(), seen.rows())
            outcome.faults += [f"{k}: {seen.view[k]}" for k in seen.view if seen.view[k] != before.view[k]]

    def _mend(self, root: Path, before: State, after: State, outcome: Outcome) -> None:
        if not (root / "butler.yaml").exists():
            return
        done = equerry("doctor", root, "--older-than", "0s", "--fix", "--no-confirm", "--format", "csv", check=False)
        outcome.findings = [row.split(",")[0] for row in done.stdout.splitlines()[1:] if row[:1].isalpha()]
        if done.returncode != 0:
            outcome.faults.append(f"not clean after --fix: {done.stdout} {done.stderr}")
        wanted = before if outcome.seen == "nothing" else after
        compare(state(root), wanted, "after doctor", outcome)

    def _repeat(self, root: Path, line: list[str], after: State, outcome: Outcome) -> None:
        again = equerry(*line, check=False)
        if again.returncode != 0 and outcome.seen != "everything":
            outcome.faults.append(f"cannot be repeated: {again.stdout} {again.stderr}")
        compare(state(root), after, "after the repetition", outcome)


def compare(found: State, wanted: State, when: str, outcome: Outcome) -> None:
    outcome.faults += [f"{when}: {line}" for line in registry_tables.differences(wanted.tables, found.tables)]
    outcome.faults += [f"{when}: file {name}" for name in sorted(wanted.files ^ found.files)]
    if wanted.view != found.view:
        outcome.faults.append(f"{when}: the stock package sees something else")


def kill(line: list[str], point: str, sign: Path) -> None:
    """Start a command, and kill it once it has come to a point."""
    environment = {**os.environ, "EQUERRY_JAVA_OPTIONS": f"-Dequerry.pauseAt={point}={sign}"}
    child = subprocess.Popen(
        [str(LAUNCHER), *line],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=environment,
        text=True,
    )
    deadline = time.monotonic() + WAIT_SECONDS
    while not sign.exists():
        if child.poll() is not None:
            output = child.stdout.read() if child.stdout else ""
            raise AssertionError(f"it ended ({child.returncode}) without coming to {point}: {output}")
        if time.monotonic() > deadline:
            child.kill()
            raise AssertionError(f"it did not come to {point}")
        time.sleep(0.01)
    child.send_signal(signal.SIGKILL)
    child.communicate()
    sign.unlink()


EMPTY = State({}, {}, frozenset())


def state(root: Path) -> State:
    files = frozenset(
        str(p.relative_to(root))
        for p in root.rglob("*")
        if (p.is_file() or p.is_symlink()) and p.parent != root
    )
    return State(view(root), registry_tables.read(root), files)


def view(root: Path) -> dict[str, Any]:
    """What the stock package sees."""
    with Butler.from_config(str(root)) as butler:
        infos = butler.collections.query_info("*", include_doc=True, include_parents=True)
        collections = {c.name: (c.type.name, c.children, sorted(c.parents or ()), c.doc) for c in infos}
        types = {t.name: (t.storageClass_name, sorted(t.dimensions.names)) for t in butler.registry.queryDatasetTypes()}
        datasets = {}
        for name in types:
            refs = [] if not collections else butler.query_datasets(name, "*", find_first=False, explain=False, limit=None)
            exist = butler._exists_many(refs, full_check=True)
            for ref, found in exist.items():
                datasets[f"{name}@{ref.run} {dict(ref.dataId.required)}"] = found.name
        return {"collections": collections, "types": types, "datasets": datasets}


def cases(engines: list[str], operations: tuple[Operation, ...] = OPERATIONS) -> list[Case]:
    return [
        Case(operation, point, engine)
        for operation in operations
        for point in operation.points
        for engine in engines
    ]
