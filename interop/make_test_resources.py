#!/usr/bin/env python3
"""Make the repositories that the Java tests open, with the stock package.

    make_test_resources.py            # everything
    make_test_resources.py variants   # only the old schema variants

``demo-postgresql.sql``
    The demo repository in a PostgreSQL schema ``demo``: one statement a line,
    for a database without extensions. Its files are those of the demo archive.
``variants/NAME.sql.gz``
    SQLite databases of every dimension universe, and of the oldest schema that
    is still in use, as SQL; one statement a line.
``variants/NAME.yaml``
    The ``butler.yaml`` of each.
"""

from __future__ import annotations

import argparse
import gzip
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

INTEROP = Path(__file__).resolve().parent
PROJECT = INTEROP.parent
RESOURCES = PROJECT / "direct/src/test/resources/equerry/direct"

if os.environ.get("PYTHONHASHSEED") != "0":
    os.environ["PYTHONHASHSEED"] = "0"
    os.execv(sys.executable, [sys.executable, *sys.argv])

sys.path.insert(0, str(PROJECT / "demo"))

from make_demo_repository import make_repository, pin_order
from postgres import Postgres, find_binaries
from variants import VARIANTS, make_variant

SCHEMA = "demo"


def statements_of(dump: str) -> list[str]:
    """The statements of a dump without comments, settings and line ends."""
    lines = [line for line in dump.splitlines() if not line.startswith(("--", "SET ", "\\"))]
    statements = [s.replace("\n", " ").strip(" ;") for s in "\n".join(lines).split(";\n")]
    return [
        s if s.startswith("INSERT") else re.sub(r"\s+", " ", s)
        for s in (s + ";" for s in statements if s)
        if not s.startswith("SELECT pg_catalog.set_config")
    ]


def make_postgresql_dump() -> None:
    binaries = find_binaries()
    if binaries is None:
        raise SystemExit("no PostgreSQL server found: install one or set EQUERRY_PG_BIN")
    server = Postgres(binaries)
    try:
        with tempfile.TemporaryDirectory() as folder:
            make_repository(Path(folder) / "repository", server.url, SCHEMA)
            dump = subprocess.run(
                [
                    binaries / "pg_dump",
                    "--inserts",
                    "--rows-per-insert=100",
                    "--no-owner",
                    "--no-privileges",
                    "--no-comments",
                    f"--schema={SCHEMA}",
                    server.url,
                ],
                check=True,
                capture_output=True,
                text=True,
            ).stdout
    finally:
        server.stop()
    statements = ["CREATE EXTENSION IF NOT EXISTS btree_gist;", *statements_of(dump)]
    (RESOURCES / "demo-postgresql.sql").write_text("\n".join(statements) + "\n")


def make_variants() -> None:
    folder = RESOURCES / "variants"
    folder.mkdir(exist_ok=True)
    for variant in VARIANTS:
        with tempfile.TemporaryDirectory() as aside:
            root = Path(aside) / "repository"
            make_variant(variant, root)
            pin_order(root / "gen3.sqlite3")
            with sqlite3.connect(root / "gen3.sqlite3") as connection:
                dump = "\n".join(connection.iterdump()) + "\n"
            connection.close()
            statements = [s for s in statements_of(dump) if s not in ("BEGIN TRANSACTION;", "COMMIT;")]
            data = ("\n".join(statements) + "\n").encode()
            (folder / f"{variant.name}.sql.gz").write_bytes(gzip.compress(data, 9, mtime=0))
            (folder / f"{variant.name}.yaml").write_bytes((root / "butler.yaml").read_bytes())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("part", nargs="?", choices=["all", "postgresql", "variants"], default="all")
    part = parser.parse_args().part
    RESOURCES.mkdir(parents=True, exist_ok=True)
    if part in ("all", "postgresql"):
        make_postgresql_dump()
    if part in ("all", "variants"):
        make_variants()


if __name__ == "__main__":
    main()
