"""Times how fast files of many datasets are taken in, and runs removed, beside the stock package.

    python interop/bulk.py FOLDER [--database URL] [--datasets 1000000] [--stock 50000] [--remove 100000]

Both sides run their command lines: ``ingest-files --transfer direct`` on tables of the same kind, then
``ingest-files --transfer hardlink`` and ``remove-runs`` of runs with files of their own. The repositories are made by
the stock package with the same records, in FOLDER, registries in SQLite or in schemas of a PostgreSQL database. The
files are hard links to a few, since their contents do not matter.
"""

from __future__ import annotations

import argparse
import itertools
import os
import re
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from commands import LAUNCHER
from places import Place, new_place

from lsst.daf.butler import Butler, DatasetType

DETECTORS = 189
# A file system may take 65,000 names of a file; both sides make another one of each.
LINKS_OF_A_FILE = 20_000
STOCK = Path(sys.executable).parent / "butler"
TYPE = "raw_note"


def make_files(folder: Path, count: int) -> None:
    """One file for each dataset, a folder for each exposure."""
    for number in range(count):
        exposure, detector = divmod(number, DETECTORS)
        place = folder / f"{exposure:06d}"
        if detector == 0:
            place.mkdir(parents=True, exist_ok=True)
        if number % LINKS_OF_A_FILE == 0:
            source = place / f"{detector:03d}.yaml"
            source.write_text("note: 1\n")
        else:
            os.link(source, place / f"{detector:03d}.yaml")


def write_table(path: Path, files: Path, count: int) -> None:
    with open(path, "w") as out:
        out.write("file,exposure,detector\n")
        for number in range(count):
            exposure, detector = divmod(number, DETECTORS)
            out.write(f"{files}/{exposure:06d}/{detector:03d}.yaml,{exposure},{detector}\n")


def make_repository(place: Place, exposures: int) -> None:
    Butler.makeRepo(str(place.root), config=place.seed())
    with Butler.from_config(str(place.root), writeable=True) as butler:
        registry = butler.registry
        registry.insertDimensionData(
            "instrument",
            {"name": "BulkCam", "visit_max": 10**9, "exposure_max": 10**9, "detector_max": 999, "class_name": "x.Y"},
        )
        registry.insertDimensionData(
            "physical_filter", {"instrument": "BulkCam", "name": "g_01", "band": "g"}
        )
        registry.insertDimensionData("day_obs", {"instrument": "BulkCam", "id": 20260101})
        registry.insertDimensionData(
            "detector",
            *({"instrument": "BulkCam", "id": d, "full_name": f"D{d:03d}"} for d in range(DETECTORS)),
        )
        for numbers in itertools.batched(range(exposures), 1000):
            registry.insertDimensionData("group", *({"instrument": "BulkCam", "name": f"g{n}"} for n in numbers))
            registry.insertDimensionData("exposure", *map(exposure, numbers))
        registry.registerDatasetType(
            DatasetType(TYPE, ["exposure", "detector"], "StructuredDataDict", universe=butler.dimensions)
        )


def exposure(number: int) -> dict[str, object]:
    return {
        "instrument": "BulkCam",
        "id": number,
        "obs_id": f"o{number}",
        "group": f"g{number}",
        "day_obs": 20260101,
        "physical_filter": "g_01",
    }


def run(command: Sequence[object]) -> tuple[float, int]:
    """Seconds and peak resident memory in MB of a command."""
    begin = time.monotonic()
    child = subprocess.Popen([str(part) for part in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    output = child.communicate()[0]
    seconds = time.monotonic() - begin
    if child.returncode != 0:
        raise SystemExit(f"{command}: exit {child.returncode}\n{output.decode()[-3000:]}")
    peak = re.search(rb"Maximum resident set size \(kbytes\): (\d+)", output)
    return seconds, int(peak[1]) // 1024 if peak else 0


def timed(*command: object) -> tuple[float, int]:
    return run(["/usr/bin/time", "-v", *command] if Path("/usr/bin/time").exists() else command)


class Side:
    """One of the two programs, with a repository of its own."""

    def __init__(self, name: str, program: Path, place: Place, folder: Path, files: Path, count: int) -> None:
        self.name, self.program, self.place, self.count = name, program, place, count
        self.table = folder / f"{name}-{count}.csv"
        self.files = files
        make_repository(place, -(-count // DETECTORS))

    def ingest(self, transfer: str, collection: str, count: int) -> float:
        write_table(self.table, self.files, count)
        seconds, peak = timed(
            self.program, "ingest-files", self.place.root, TYPE, collection, self.table,
            "--data-id", "instrument=BulkCam", "--transfer", transfer,
        )  # fmt: skip
        self.tell(f"ingest-files --transfer {transfer}", count, seconds, peak)
        return count / seconds

    def remove(self, collection: str, count: int) -> float:
        seconds, peak = timed(self.program, "remove-runs", self.place.root, collection, "--no-confirm")
        self.tell("remove-runs", count, seconds, peak)
        return count / seconds

    def tell(self, what: str, count: int, seconds: float, peak: int) -> None:
        rate = count / seconds
        print(f"{self.name:8} {what:32} {count:>9,} {seconds:8.1f} s {rate:>9,.0f}/s {peak:>6} MB", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--database", help="URL of a PostgreSQL database; SQLite without it")
    parser.add_argument("--datasets", type=int, default=1_000_000)
    parser.add_argument("--stock", type=int, default=50_000)
    parser.add_argument("--remove", type=int, default=100_000)
    options = parser.parse_args()
    folder = options.folder
    files = folder / "files"
    most = max(options.datasets, options.stock, options.remove)
    if not files.exists():
        make_files(files, most)
    stock = Side("stock", STOCK, new_place(folder, options.database), folder, files, max(options.stock, options.remove))
    ours = Side("equerry", LAUNCHER, new_place(folder, options.database), folder, files, most)
    theirs = stock.ingest("direct", "bulk/direct", options.stock)
    mine = ours.ingest("direct", "bulk/direct", options.datasets)
    print(f"         ingest {mine / theirs:.1f}x", flush=True)
    if options.remove:
        stock.ingest("hardlink", "bulk/links", options.remove)
        ours.ingest("hardlink", "bulk/links", options.remove)
        theirs = stock.remove("bulk/links", options.remove)
        mine = ours.remove("bulk/links", options.remove)
        print(f"         remove-runs {mine / theirs:.1f}x", flush=True)


if __name__ == "__main__":
    main()
