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
import variants
from commands import LAUNCHER, PROJECT, equerry
from lsst.daf.butler import Butler, Config, DatasetType

PROGRAMS = PROJECT / "interop/programs"
CLASSES = os.environ.get("EQUERRY_CLASSES", str(PROJECT / "cli/target/dist/lib/*"))
JAVA = Path(os.environ["JAVA_HOME"]) / "bin" if "JAVA_HOME" in os.environ else Path()
WAIT_SECONDS = 120
GIVEN_UP = ("file_datastore_records", "dataset_location_trash")
MILESTONES = PROJECT / "api/src/main/java/equerry/api/fault/Milestone.java"


def milestones() -> list[str]:
    """The names of all points."""
    return re.findall(r"^  ([A-Z][A-Z_]+)[,;]", MILESTONES.read_text(), re.MULTILINE)


@dataclass(frozen=True)
class Operation:
    """A command and the points that it passes.

    ``words`` are those of an ``equerry`` command, or ``java`` and a program of ``programs``. ``{root}``
    in them is the repository, ``{inputs}`` a folder with input files of the case's own, and ``{base}``
    a repository that is only read. What ``is_resumable`` may be killed between parts that are
    committed one by one.
    """

    name: str
    words: tuple[str, ...]
    points: tuple[str, ...]
    base: str = "demo"
    is_resumable: bool = False

    def command(self, root: Path, inputs: Path, base: Path) -> list[str]:
        words = [w.replace("{root}", str(root)).replace("{inputs}", str(inputs)) for w in self.words]
        words = [w.replace("{base}", str(base)) for w in words]
        if words[0] != "java":
            return [str(LAUNCHER), *words]
        return [str(JAVA / "java"), "-cp", f"{CLASSES}:{inputs}", *words[1:]]


JSON = ("--formatter", repositories.JSON_FORMATTER)
DATA_ID = ("instrument=LarkCam", "visit=2026031400003")
TABLE = ("{inputs}/table.csv", "--prefix", "{inputs}")
DAYS = ("--begin-date", "2026-03-01", "--end-date", "2026-03-05")
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
        ("put", "{root}", "{inputs}/new.json", "visit_summary", "kill/put", *DATA_ID, *JSON),
        (*COMMITTING, *DATASETS, *STAGING, *RECORDS, *PLACING, "FILES_FINISHED", "COLLECTION_INSERTED"),
    ),
    Operation(
        "put a composite",
        ("java", "Uncommon", "composite", "{root}"),
        ("COMPONENT_STAGED", "FILE_STAGED", "FILE_PLACED", "WRITE_BEFORE_COMMIT", "WRITE_COMMITTED"),
        base="parts",
    ),
    Operation(
        "ingest by copy",
        ("ingest-files", "{root}", "visit_summary", "kill/copy", *TABLE, "-t", "copy", *JSON),
        ("FILE_STAGING", "STAGE_DONE", "FILE_BEFORE_PLACE", "FILE_PLACED", "WRITE_BEFORE_COMMIT", "WRITE_COMMITTED"),
    ),
    Operation(
        "ingest by move",
        ("ingest-files", "{root}", "visit_summary", "kill/move", *TABLE, "-t", "move", *JSON),
        ("FILE_STAGED", "FILE_PLACED", "WRITE_COMMITTED", "SOURCE_BEFORE_DELETE", "SOURCE_DELETED", "FILES_FINISHED"),
    ),
    Operation(
        "ingest by link",
        ("ingest-files", "{root}", "visit_summary", "kill/link", *TABLE, "-t", "link", *JSON),
        ("FILE_STAGED", "FILE_PLACED", "WRITE_COMMITTED"),
    ),
    Operation(
        "ingest a zip",
        ("ingest-zip", "{root}", "{inputs}/bundle.zip", "-t", "copy"),
        ("ZIP_STAGED", "FILE_PLACED", "WRITE_COMMITTED"),
    ),
    Operation(
        "put into an object store",
        ("put", "{root}", "{inputs}/big.json", "note", "parts/run", "instrument=PartsCam", "detector=1", *JSON),
        ("UPLOAD_BEGUN", "UPLOAD_PART_SENT", "UPLOAD_STAGED", "FILE_BEFORE_PLACE", "FILE_PLACED", "WRITE_COMMITTED"),
        base="objects",
    ),
    Operation(
        "purge",
        ("prune-datasets", "{root}", "--purge", "meadow/runs/second", "--datasets", "*", "--no-confirm"),
        ("TRASH_FILLED", "DATASETS_DELETED", "WRITE_BEFORE_COMMIT", "WRITE_COMMITTED", *EMPTYING),
    ),
    Operation(
        "unstore",
        ("prune-datasets", "{root}", "meadow/runs/first", "--datasets", "deep_coadd", "--unstore", "--no-confirm"),
        ("TRASH_FILLED", "WRITE_COMMITTED", "FILE_DELETED", "TRASH_FORGOTTEN"),
    ),
    Operation(
        "remove runs",
        ("remove-runs", "{root}", "meadow/runs/*", "--no-confirm", "--force"),
        ("TRASH_FILLED", "RUNS_UNLINKED", "RUNS_DELETED", "WRITE_BEFORE_COMMIT", "WRITE_COMMITTED", *EMPTYING),
    ),
    Operation(
        "associate",
        ("associate", "{root}", "kill/tagged", "-d", "visit_image", "--collections", "meadow/latest", "--find-first"),
        ("COLLECTION_INSERTED", "DATASETS_SUMMARY_WRITTEN", "DATASETS_ASSOCIATED", "WRITE_BEFORE_COMMIT"),
    ),
    Operation(
        "certify",
        ("certify-calibrations", "{root}", "LarkCam/calib/2026b/gen", "kill/calib", "bias", "--begin-date", "2026-03-01"),
        ("COLLECTION_INSERTED", "DATASETS_CERTIFIED", "WRITE_BEFORE_COMMIT"),
    ),
    Operation(
        "decertify",
        ("decertify-calibrations", "{root}", "LarkCam/calib", "bias", *DAYS, "--no-confirm"),
        ("DATASETS_RANGES_SPLIT", "WRITE_BEFORE_COMMIT", "WRITE_COMMITTED"),
    ),
    Operation(
        "redefine a chain",
        ("collection-chain", "{root}", "meadow/latest", "refcats", "LarkCam/calib"),
        ("CHAIN_MEMBERS_DELETED", "WRITE_BEFORE_COMMIT", "WRITE_COMMITTED"),
    ),
    Operation(
        "register a dataset type",
        ("register-dataset-type", "{root}", "kill_type", "StructuredDataDict", "visit_system", "--is-calibration"),
        ("GROUP_KEY_INSERTED", "DATASET_TABLES_CREATED", "DATASET_TYPE_INSERTED", "WRITE_BEFORE_COMMIT", "WRITE_COMMITTED"),
    ),
    Operation(
        "replace a record",
        ("java", "Uncommon", "region", "{root}"),
        ("RECORDS_INSERTED", "OVERLAPS_DELETED", "OVERLAPS_INSERTED", "WRITE_BEFORE_COMMIT", "WRITE_COMMITTED"),
    ),
    Operation(
        "create",
        ("create", "{root}", "--seed-config", "{inputs}/seed.yaml", "--override"),
        ("REGISTRY_TABLES_MADE", "REPOSITORY_CONFIG_STAGED", "REPOSITORY_TABLES_COMMITTED"),
        base="nothing",
    ),
    Operation(
        "migrate",
        ("migrate", "{root}", "--no-backup"),
        ("MIGRATION_STEP_DONE", "WRITE_BEFORE_COMMIT", "WRITE_COMMITTED"),
        base="old",
    ),
    Operation(
        "import",
        ("import", "{root}", "{inputs}/exported", "--transfer", "copy"),
        ("RECORDS_INSERTED", "OVERLAPS_INSERTED", "DATASETS_TAGS_WRITTEN", "FILE_PLACED", "IMPORT_PART_COMMITTED"),
        base="empty",
        is_resumable=True,
    ),
    Operation(
        "transfer",
        ("transfer-datasets", "{base}", "{root}", "--register-dataset-types", "--transfer-dimensions", "-t", "copy"),
        ("FILE_PLACED", "WRITE_COMMITTED", "TRANSFER_PAGE_COMMITTED"),
        base="empty",
        is_resumable=True,
    ),
    Operation(
        "export",
        ("export", "{root}", "{inputs}/out", "-d", "deep_coadd", "-t", "copy"),
        ("EXPORT_FILES_PLACED",),
    ),
)

# Points that no command comes to here, and why.
NO_OBSCORE = "no repository here has an ObsCore table; its rows are in the same transaction as the rest"
ELSEWHERE: dict[str, str] = dict.fromkeys(
    ("OBSCORE_TABLE_MADE", "OBSCORE_ROWS_ADDED", "OBSCORE_REGIONS_UPDATED"), NO_OBSCORE
)


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


@dataclass(frozen=True)
class Bed:
    """A copy of a repository, and of the inputs of commands, for one case."""

    root: Path
    inputs: Path
    base: Path
    database: str | None

    def command(self, operation: Operation) -> list[str]:
        return operation.command(self.root, self.inputs, self.base)


class Ward:
    """Repositories to kill commands in, on one engine.

    ``url`` names a database of a PostgreSQL server, None for SQLite; ``bucket`` is a folder in an
    object store, None where there is none.
    """

    def __init__(self, engine: str, folder: Path, url: str | None, bucket: str | None = None) -> None:
        self.engine = engine
        self._folder = folder
        self._url = url
        self._bucket = bucket
        self._lock = threading.Lock()
        self._number = 0
        self._states: dict[str, tuple[State, State]] = {}
        self._asking = {operation.name: threading.Lock() for operation in OPERATIONS}
        self._inputs = folder / "inputs"
        self._mark = f"{engine}_{uuid.uuid4().hex[:8]}"
        self._inputs.mkdir()
        self._prepare()

    # -- bases -----------------------------------------------------------------

    def _execute(self, statement: str) -> None:
        assert self._url is not None
        with psycopg.connect(self._url, autocommit=True) as connection:
            connection.execute(statement)

    def _database_url(self, name: str) -> str:
        assert self._url is not None
        return self._url.rsplit("/", 1)[0] + "/" + name

    def _template(self, base: str) -> str:
        return f"{base}_{self._mark}"

    def _place(self, base: str) -> tuple[Path, Config]:
        """The folder of a base, and a configuration with its database."""
        config = Config()
        if self._url is not None:
            self._make_database(self._template(base))
            config["registry", "db"] = self._database_url(self._template(base))
            config["registry", "namespace"] = "kept"
        return self._folder / base, config

    def _make_database(self, name: str) -> None:
        self._execute(f"CREATE DATABASE {name}")
        with psycopg.connect(self._database_url(name), autocommit=True) as connection:
            connection.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")

    def _prepare(self) -> None:
        self._prepare_demo()
        root, config = self._place("empty")
        Butler.makeRepo(str(root), config=config)
        root, config = self._place("old")
        old = variants.Variant("old", 6, datasets_version="1.0.0")
        variants.make_variant(old, root, config.get(("registry", "db")), config.get(("registry", "namespace")))
        self._prepare_parts("parts", "<butlerRoot>")
        if self._bucket is not None:
            self._prepare_parts("objects", f"{self._bucket}/objects_{self._mark}")
        subprocess.run(
            [JAVA / "javac", "-proc:none", "-d", self._inputs, "-cp", CLASSES, PROGRAMS / "Uncommon.java"], check=True
        )

    def _prepare_demo(self) -> None:
        """Inputs of commands; the datasets of the zip file leave the repository."""
        root, _ = self._place("demo")
        if self._url is None:
            repositories.unpack_demo(root)
        else:
            repositories.unpack_demo_to_postgresql(root, self._database_url(self._template("demo")))
        (self._inputs / "new.json").write_text('{"new": true}')
        (self._inputs / "big.json").write_text('{"big": "' + "x" * (20 << 20) + '"}')
        rows = ["file,instrument,visit"]
        with Butler.from_config(str(root), writeable=True) as butler:
            refs = butler.query_datasets("quality_report", collections="meadow/latest", limit=None)
            zipped = butler.retrieve_artifacts_zip(refs, destination=str(self._inputs))
            Path(zipped.ospath).rename(self._inputs / "bundle.zip")
            butler.pruneDatasets(refs, purge=True, unstore=True, disassociate=True)
            (self._inputs / "exported").mkdir()
            for record in butler.query_dimension_records("visit"):
                name = f"visit{record.id}.json"
                (self._inputs / name).write_text(f'{{"visit": {record.id}}}')
                rows.append(f"{name},{record.instrument},{record.id}")
            with butler.export(
                directory=str(self._inputs / "exported"), filename="export.yaml", transfer="copy"
            ) as export:
                export.saveCollection("meadow/best")
                for name in ("visit_image", "deep_coadd"):
                    export.saveDatasets(butler.query_datasets(name, "meadow/latest", limit=None))
        (self._inputs / "table.csv").write_text("\n".join(rows) + "\n")

    def _prepare_parts(self, base: str, where: str) -> None:
        """A repository that takes composites apart, or one in an object store."""
        root, config = self._place(base)
        config.update(repositories._parts_config(where))
        Butler.makeRepo(str(root), config=config, forceConfigRoot=False)
        with Butler.from_config(str(root), writeable=True) as butler:
            butler.registry.insertDimensionData("instrument", {"name": "PartsCam", "detector_max": 10})
            butler.registry.insertDimensionData("detector", {"instrument": "PartsCam", "id": 1, "full_name": "D1"})
            butler.collections.register("parts/run")
            for name, storage_class in (("split", "PartsMetricSplit"), ("note", "PartsDict")):
                dataset_type = DatasetType(name, ["instrument", "detector"], storage_class, universe=butler.dimensions)
                butler.registry.registerDatasetType(dataset_type)

    # -- beds ------------------------------------------------------------------

    def admit(self, operation: Operation) -> Bed:
        with self._lock:
            self._number += 1
            number = self._number
        root = self._folder / f"case{number}"
        inputs = self._folder / f"inputs{number}"
        shutil.copytree(self._inputs, inputs)
        database = None if self._url is None else f"case{number}_{self._mark}"
        bed = Bed(root, inputs, self._folder / "demo", database)
        if operation.base == "nothing":
            config = f"registry:\n  db: sqlite:///{root}/gen3.sqlite3\n"
            if database is not None:
                self._make_database(database)
                config = f"registry:\n  db: {self._database_url(database)}\n  namespace: made\n"
            (inputs / "seed.yaml").write_text(config + "datastore:\n  root: <butlerRoot>\n")
            return bed
        shutil.copytree(self._folder / operation.base, root)
        config_file = root / "butler.yaml"
        text = config_file.read_text().replace(f"objects_{self._mark}", f"case{number}_{self._mark}")
        if database is not None:
            template = self._template(operation.base)
            with self._lock:
                self._execute(f"CREATE DATABASE {database} TEMPLATE {template}")
            text = text.replace(f"/{template}", f"/{database}")
        config_file.write_text(text)
        return bed

    def discharge(self, bed: Bed) -> None:
        shutil.rmtree(bed.root, ignore_errors=True)
        shutil.rmtree(bed.inputs, ignore_errors=True)
        if bed.database is not None:
            self._execute(f"DROP DATABASE IF EXISTS {bed.database} WITH (FORCE)")

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
                bed = self.admit(operation)
                before = EMPTY if operation.base == "nothing" else state(bed.root)
                done = execute(bed.command(operation))
                assert done.returncode == 0, f"it fails without a kill: {done.stdout}{done.stderr}"
                self._states[operation.name] = (before, state(bed.root))
                self.discharge(bed)
            return self._states[operation.name]

    # -- one case --------------------------------------------------------------

    def run(self, case: Case) -> Outcome:
        outcome = Outcome(case)
        try:
            before, after = self.before_and_after(case.operation)
            bed = self.admit(case.operation)
            command = bed.command(case.operation)
            kill(command, case.point, self._folder / f"sign-{bed.root.name}")
            self.wait_for_end(bed.database)
            self._look(bed.root, before, after, outcome)
            self._mend(bed.root, before, after, outcome)
            self._repeat(bed.root, command, after, outcome)
            self.discharge(bed)
        except Exception as failure:
            outcome.faults.append(f"{type(failure).__name__}: {failure}")
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
        elif outcome.case.operation.is_resumable:
            outcome.seen = "whole parts"
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
        if outcome.seen != "whole parts":
            wanted = before if outcome.seen == "nothing" else after
            compare(state(root), wanted, "after doctor", outcome)

    def _repeat(self, root: Path, command: list[str], after: State, outcome: Outcome) -> None:
        again = execute(command)
        if again.returncode != 0 and outcome.seen != "everything":
            outcome.faults.append(f"cannot be repeated: {again.stdout} {again.stderr}")
        compare(state(root), after, "after the repetition", outcome)


def compare(found: State, wanted: State, when: str, outcome: Outcome) -> None:
    outcome.faults += [f"{when}: {line}" for line in registry_tables.differences(wanted.tables, found.tables)]
    outcome.faults += [f"{when}: file {name}" for name in sorted(wanted.files ^ found.files)]
    if wanted.view != found.view:
        outcome.faults.append(f"{when}: the stock package sees something else")


def execute(command: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=WAIT_SECONDS)


def kill(command: list[str], point: str, sign: Path) -> None:
    """Start a command, and kill it once it has come to a point."""
    pause = f"-Dequerry.pauseAt={point}={sign}"
    if command[0] != str(LAUNCHER):
        command = [command[0], pause, *command[1:]]
    child = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={**os.environ, "EQUERRY_JAVA_OPTIONS": pause},
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


# The names of datastores in object stores tell the case.
CASE = re.compile(r"case\d+_[a-z]+_[0-9a-f]{8}")
EMPTY = State({}, {}, frozenset())


def state(root: Path) -> State:
    files = {
        str(p.relative_to(root))
        for p in root.rglob("*")
        if (p.is_file() or p.is_symlink()) and p.parent != root
    }
    tables = {
        name: [tuple(CASE.sub("case", v) if isinstance(v, str) else v for v in row) for row in rows]
        for name, rows in registry_tables.read(root).items()
    }
    return State(view(root), tables, frozenset(files | objects(root)))


def objects(root: Path) -> set[str]:
    """The objects of a repository's datastores, and the uploads that were begun."""
    buckets = set(re.findall(r"s3://([^/\s]+)/(\S+)", (root / "butler.yaml").read_text()))
    if not buckets:
        return set()
    from lsst.resources.s3utils import getS3Client

    found = set()
    for bucket, prefix in buckets:
        for item in getS3Client().list_objects_v2(Bucket=bucket, Prefix=prefix).get("Contents", ()):
            found.add(item["Key"].split("/", 1)[-1])
        for item in getS3Client().list_multipart_uploads(Bucket=bucket, Prefix=prefix).get("Uploads", ()):
            found.add("upload of " + item["Key"].split("/", 1)[-1])
    return found


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


def operations(*, with_objects: bool) -> list[Operation]:
    """All commands, without those that need an object store where there is none."""
    return [operation for operation in OPERATIONS if with_objects or operation.base != "objects"]


def cases(engines: list[str], chosen: list[Operation]) -> list[Case]:
    return [Case(operation, point, engine) for operation in chosen for point in operation.points for engine in engines]
