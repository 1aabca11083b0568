#!/usr/bin/env python3
"""Make the demo survey: a small make-believe survey with real FITS files.

The stock package (see ``interop/requirements.txt``) writes everything; pixel
values, dataset ids and dates are fixed, so that two runs with the same package
versions give the same archives: the survey's files with export documents, of
which ``equerry demo`` makes its repository, and the repository that the stock
package makes of the same survey, which tests read.

    make_demo_repository.py                       # rewrites both archives
    make_demo_repository.py --root DIR            # leaves a plain repository in DIR
    make_demo_repository.py --root DIR --database postgresql://… --namespace demo
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import sqlite3
import sys
import tempfile
import zipfile
from pathlib import Path

# Sets are written to the database in hash order: pin it before anything is imported.
if __name__ == "__main__" and os.environ.get("PYTHONHASHSEED") != "0":
    os.environ["PYTHONHASHSEED"] = "0"
    os.execv(sys.executable, [sys.executable, *sys.argv])

from astropy.time import Time
from meadow_survey import INGEST_DATES, fill

from lsst.daf.butler import Butler, Config

PROJECT = Path(__file__).resolve().parent.parent
ARCHIVE = PROJECT / "direct/src/test/resources/equerry/direct/demo-repository.zip"
SURVEY = PROJECT / "cli/src/main/resources/equerry/demo/survey.zip"
MANIFEST = "MANIFEST.sha256"


def pin_ingest_dates(execute, placeholder: str, prefix: str = "") -> None:
    """Set the ingest dates, the only thing that the package takes from the clock."""
    for run, text in INGEST_DATES.items():
        t = Time(text, scale="tai", format="isot") - Time("1970-01-01T00:00:00", scale="tai", format="isot")
        execute(
            f"UPDATE {prefix}dataset SET ingest_date = {placeholder} WHERE run_id ="
            f" (SELECT collection_id FROM {prefix}collection WHERE name = {placeholder})",
            (round(t.to_value("s")) * 10**9, run),
        )


def pin_order(database_file: Path) -> None:
    """Write the database anew: the package creates indexes in no fixed order."""
    aside = database_file.with_suffix(".aside")
    database_file.rename(aside)
    connection = sqlite3.connect(database_file, isolation_level=None)
    connection.execute("ATTACH ? AS aside", (str(aside),))
    connection.execute("BEGIN")
    schema = "SELECT name, sql FROM aside.sqlite_master WHERE type = ? AND sql IS NOT NULL ORDER BY name"
    for name, sql in connection.execute(schema, ("table",)).fetchall():
        connection.execute(sql)
        connection.execute(f'INSERT INTO main."{name}" SELECT * FROM aside."{name}" ORDER BY rowid')
    for _, sql in connection.execute(schema, ("index",)).fetchall():
        connection.execute(sql)
    connection.execute("COMMIT")
    connection.close()
    aside.unlink()


def make_repository(root: Path, database: str | None = None, namespace: str | None = None) -> None:
    config = Config()
    if database is not None:
        config["registry", "db"] = database
        config["registry", "namespace"] = namespace
    Butler.makeRepo(str(root), config=config)
    with tempfile.TemporaryDirectory() as staging:
        butler = Butler.from_config(str(root), writeable=True)
        fill(butler, Path(staging))
        butler.close()
    if database is not None:
        import psycopg

        with psycopg.connect(database) as connection:
            pin_ingest_dates(connection.execute, "%s", f"{namespace}.")
    else:
        database_file = root / "gen3.sqlite3"
        with sqlite3.connect(database_file) as connection:
            pin_ingest_dates(connection.execute, "?")
        connection.close()
        pin_order(database_file)


def export_survey(root: Path, folder: Path) -> None:
    """Write what a repository of the survey holds: ``export.yaml`` with its files, and bundles in ``zips``."""
    folder.mkdir()
    elements = ("instrument", "detector", "physical_filter", "group", "exposure", "visit_system", "tract", "patch")
    with Butler.from_config(str(root)) as butler:
        with butler.export(directory=str(folder), filename="export.yaml", transfer="copy") as export:
            for dataset_type in sorted(butler.registry.queryDatasetTypes("*")):
                refs = butler.query_datasets(dataset_type, "*", find_first=False, explain=False)
                export.saveDatasets([r for r in sorted(refs) if butler.stored(r) and not butler.getURI(r).fragment])
            for collection in sorted(butler.collections.query("*")):
                export.saveCollection(collection)
            for element in elements:
                export.saveDimensionData(element, butler.query_dimension_records(element))
    shutil.copytree(root / "zips", folder / "zips")


def write_archive_of(root: Path, archive: Path) -> None:
    files = {p.relative_to(root).as_posix(): p.read_bytes() for p in sorted(root.rglob("*")) if p.is_file()}
    lines = [f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(files.items())]
    files[MANIFEST] = "".join(lines).encode()
    archive.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as target:
        for name, data in sorted(files.items()):
            info = zipfile.ZipInfo(name, (2026, 3, 20, 12, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o100644 << 16
            target.writestr(info, data)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--root", type=Path, help="leave a plain repository here instead of an archive")
    parser.add_argument("--database", help="registry database; SQLite in the repository when absent")
    parser.add_argument("--namespace", help="schema of the registry in that database")
    args = parser.parse_args()
    if args.root is not None:
        make_repository(args.root, args.database, args.namespace)
        return
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "repository"
        make_repository(root)
        write_archive_of(root, ARCHIVE)
        survey = Path(folder) / "survey"
        export_survey(root, survey)
        write_archive_of(survey, SURVEY)
    for archive in (ARCHIVE, SURVEY):
        print(f"{archive}: {archive.stat().st_size} bytes")


if __name__ == "__main__":
    main()
