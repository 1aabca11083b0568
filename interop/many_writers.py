"""Many processes write to one repository at once: nothing may be lost, nothing doubled.

``--writers`` processes of ours, and ``--stock`` of the stock package, register, put, tag, certify,
edit chains and purge for a while, some on things of their own, some on the same. Each says what it
committed. Afterwards:

* every dataset that was put and not purged is there with its own content, no other is;
* no run has two datasets of one type and data ID, no two calibrations are valid at one time;
* every error has a name, and none of them is an internal one;
* ``equerry doctor`` finds nothing.

    .venv-interop/bin/python interop/many_writers.py --seconds 60
"""

from __future__ import annotations

import argparse
import collections
import os
import random
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import repositories
from commands import LAUNCHER, PROJECT, equerry
from lsst.daf.butler import Butler, CollectionType, DatasetType, Timespan
from lsst.daf.butler.registry import (
    CollectionTypeError,
    ConflictingDefinitionError,
    DatasetTypeError,
    MissingCollectionError,
    MissingDatasetTypeError,
)
from postgres import Postgres, find_binaries

PROGRAM = PROJECT / "interop/programs/Writer.java"
CLASSES = os.environ.get("EQUERRY_CLASSES", str(PROJECT / "cli/target/dist/lib/*"))
JAVA = Path(os.environ["JAVA_HOME"]) / "bin" if "JAVA_HOME" in os.environ else Path()
SHARED_RUNS = 4
DAY_NANOS = 86_400_000_000_000


@dataclass
class Report:
    """What all writers said, and what was found wrong afterwards."""

    engine: str
    writers: str
    seconds: float = 0.0
    done: collections.Counter[str] = field(default_factory=collections.Counter)
    refused: collections.Counter[str] = field(default_factory=collections.Counter)
    stored: int = 0
    faults: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        done = ", ".join(f"{what} {n}" for what, n in sorted(self.done.items()))
        refused = ", ".join(f"{what} {n}" for what, n in sorted(self.refused.items()))
        head = f"{self.writers} on {self.engine}, {self.seconds:.0f} s: {self.done.total()} changes ({done})"
        lines = [head, f"  refused by name: {self.refused.total()} ({refused})", f"  datasets left: {self.stored}"]
        return "\n".join([*lines, *(f"  FAULT {fault}" for fault in self.faults)] or ["  no faults"])


def start_ours(root: Path, number: int, seconds: int, log: Path) -> subprocess.Popen[bytes]:
    command = [
        str(JAVA / "java"),
        "-XX:+UseSerialGC",
        "-Xmx256m",
        "--enable-native-access=ALL-UNNAMED",
        "-cp",
        f"{CLASSES}:{log.parent}",
        PROGRAM.stem,
        str(root),
        str(number),
        str(seconds),
    ]
    return _start(command, log)


def start_stock(root: Path, number: int, seconds: int, log: Path) -> subprocess.Popen[bytes]:
    return _start([sys.executable, __file__, "--worker", str(root), str(number), str(seconds)], log)


def _start(command: list[str], log: Path) -> subprocess.Popen[bytes]:
    with open(log, "wb") as output:
        return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT)


# -- a writer of the stock package, as Writer.java --------------------------------


class StockWriter:
    """Does what ``Writer.java`` does, with the stock package."""

    NAMED = (
        ConflictingDefinitionError,
        CollectionTypeError,
        DatasetTypeError,
        MissingCollectionError,
        MissingDatasetTypeError,
    )

    def __init__(self, root: Path, number: int) -> None:
        self.butler = Butler.from_config(str(root), writeable=True)
        self.number = number
        self.random = random.Random(number)
        self.own: list[object] = []
        self.calibrations: list[object] = []
        self.runs = 0

    def run(self, seconds: int) -> None:
        end = time.monotonic() + seconds
        steps = [self.register, *[self.put_own] * 3, *[self.put_equal] * 2, self.tag, self.certify, self.chain]
        steps += [self.purge] * 2
        while time.monotonic() < end:
            step = self.random.choice(steps)
            what = step.__name__.replace("_", "-")
            try:
                step()
                print(f"done stock-{what}", flush=True)
            except self.NAMED as named:
                print(f"refused stock-{what} {type(named).__name__}", flush=True)
            except Exception as failure:
                # The stock package lets errors of the database through; its own files and rows count.
                print(f"refused stock-{what} {type(failure).__name__}", flush=True)

    def type(self, name: str, dimensions: list[str], is_calibration: bool) -> DatasetType:
        universe = self.butler.dimensions
        return DatasetType(
            name, universe.conform(dimensions), "StructuredDataDict", isCalibration=is_calibration
        )

    def register(self) -> None:
        registry = self.butler.registry
        registry.registerDatasetType(self.type("many", ["exposure", "detector"], False))
        registry.registerDatasetType(self.type("many_calibration", ["detector"], True))
        registry.registerDatasetType(self.type(f"many_{self.random.randrange(6)}", ["visit", "tract"], False))
        collections_ = self.butler.collections
        collections_.register(f"many/run{self.random.randrange(100)}", CollectionType.RUN)
        collections_.register("many/tagged", CollectionType.TAGGED, doc="Of many.")
        collections_.register("many/calib", CollectionType.CALIBRATION)
        collections_.register("many/chain", CollectionType.CHAINED)

    def put_own(self) -> None:
        self.put(f"many/own{self.number}/{self.runs // 8}")
        self.runs += 1

    def put_equal(self) -> None:
        self.put(f"many/shared{self.random.randrange(SHARED_RUNS)}")

    def put(self, run: str) -> None:
        self.register()
        self.butler.collections.register(run, CollectionType.RUN)
        is_calibration = self.random.randrange(4) == 0
        data_id = {"instrument": "LarkCam", "detector": self.random.randrange(2)}
        if not is_calibration:
            data_id["exposure"] = self.random.choice([20260314, 20260315]) * 100_000 + 3 + self.random.randrange(2)
        name = "many_calibration" if is_calibration else "many"
        ref = self.butler.put({"by": self.number}, name, data_id, run=run)
        (self.calibrations if is_calibration else self.own).append(ref)
        print(f"put {ref.id}", flush=True)

    def some(self, refs: list) -> list:
        return [self.random.choice(refs)] if refs else []

    def tag(self) -> None:
        self.butler.registry.associate("many/tagged", self.some(self.own))

    def certify(self) -> None:
        begin = (19_000 + self.random.randrange(1000)) * DAY_NANOS
        span = Timespan(None, None, _nsec=(begin, begin + (1 + self.random.randrange(20)) * DAY_NANOS))
        if self.random.randrange(4) == 0:
            self.butler.registry.decertify("many/calib", "many_calibration", span)
        else:
            self.butler.registry.certify("many/calib", self.some(self.calibrations), span)

    def chain(self) -> None:
        runs = [f"many/run{self.random.randrange(100)}", f"many/shared{self.random.randrange(SHARED_RUNS)}"]
        edits = self.butler.collections
        edit = self.random.choice(
            [edits.prepend_chain, edits.extend_chain, edits.remove_from_chain, edits.redefine_chain]
        )
        edit("many/chain", runs)

    def purge(self) -> None:
        refs = self.some(self.own if self.random.randrange(2) else self.calibrations)
        self.butler.pruneDatasets(refs, purge=True, unstore=True, disassociate=True)
        for ref in refs:
            print(f"purged {ref.id}", flush=True)


# -- the whole --------------------------------------------------------------------


def run(root: Path, engine: str, ours: int, stock: int, seconds: int, folder: Path) -> Report:
    report = Report(engine, f"{ours} of ours" + (f" and {stock} of the stock package" if stock else ""))
    logs = [folder / f"writer{n}.log" for n in range(ours + stock)]
    subprocess.run([JAVA / "javac", "-proc:none", "-d", folder, "-cp", CLASSES, PROGRAM], check=True)
    began = time.monotonic()
    children = [
        (start_ours if number < ours else start_stock)(root, number + 1, seconds, log)
        for number, log in enumerate(logs)
    ]
    for child in children:
        if child.wait(seconds + 180) != 0:
            report.faults.append(f"a writer ended with {child.returncode}")
    report.seconds = time.monotonic() - began
    put, purged = set(), set()
    for log in logs:
        for line in log.read_text().splitlines():
            word, _, rest = line.partition(" ")
            if word == "put":
                put.add(rest)
            elif word == "purged":
                purged.add(rest)
            elif word == "done":
                report.done[rest] += 1
            elif word == "refused":
                report.refused[" ".join(rest.split(" ")[:2])] += 1
            elif "WARNING" not in line and "Note:" not in line:
                report.faults.append(f"{log.name}: {line}")
    look(root, put - purged, report)
    done = equerry("doctor", root, "--older-than", "0s", check=False)
    if done.returncode != 0:
        report.faults.append(f"doctor: {done.stdout}{done.stderr}")
    return report


def look(root: Path, wanted: set[str], report: Report) -> None:
    """Compare what the stock package finds with what writers have said."""
    with Butler.from_config(str(root)) as butler:
        refs = []
        for name in ("many", "many_calibration"):
            refs += butler.query_datasets(name, "*", find_first=False, limit=None, explain=False)
        found = {ref for ref in refs}
        ids = collections.Counter(str(ref.id) for ref in found)
        keys = collections.Counter((ref.datasetType.name, ref.run, ref.dataId) for ref in found)
        report.stored = len(ids)
        report.faults += [f"lost {id_}" for id_ in sorted(wanted - ids.keys())]
        report.faults += [f"not purged, or never put: {id_}" for id_ in sorted(ids.keys() - wanted)]
        report.faults += [f"doubled {key}" for key, n in keys.items() if n > 1]
        for ref in found:
            content = butler.get(ref)
            if "id" in content and content["id"] != str(ref.id):
                report.faults.append(f"{ref.id} has the content of another")


def prepare(folder: Path, postgres: Postgres | None, name: str) -> Path:
    root = folder / name
    if postgres is None:
        repositories.unpack_demo(root)
        return root
    with psycopg.connect(postgres.url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    url = postgres.url.rsplit("/", 1)[0] + "/" + name
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
    repositories.unpack_demo_to_postgresql(root, url)
    return root


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--writers", type=int, default=8)
    parser.add_argument("--stock", type=int, default=0, help="how many of the writers are the stock package's")
    parser.add_argument("--engine", choices=["sqlite", "postgresql"], action="append")
    arguments = parser.parse_args()
    ours = arguments.writers - arguments.stock
    faults = 0
    with tempfile.TemporaryDirectory() as folder:
        for engine in arguments.engine or ["sqlite", "postgresql"]:
            postgres = Postgres(find_binaries()) if engine == "postgresql" else None
            try:
                root = prepare(Path(folder), postgres, f"many_{engine}")
                report = run(root, engine, ours, arguments.stock, arguments.seconds, Path(folder))
                print(report, flush=True)
                faults += len(report.faults)
            finally:
                if postgres is not None:
                    postgres.stop()
    return 1 if faults else 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["--worker"]:
        StockWriter(Path(sys.argv[2]), int(sys.argv[3])).run(int(sys.argv[4]))
    else:
        sys.exit(main())
