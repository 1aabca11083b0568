#!/usr/bin/env python3
"""Record the schema of new repositories, and the dimension universes, of the stock package.

``registry/src/main/resources/equerry/registry/create/universe-N.json``
    The value that a new repository of each universe has in ``config:dimensions.json``.
``registry/src/test/resources/equerry/registry/schema/NAME.sql.gz``
    The statements that make the tables of a repository with a few dataset types, on
    SQLite and on PostgreSQL; one a line.
"""

from __future__ import annotations

import gzip
import re
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy
from postgres import Postgres, find_binaries

import lsst.daf.butler
from lsst.daf.butler import Butler, Config, DatasetType

PROJECT = Path(__file__).resolve().parent.parent
UNIVERSES = PROJECT / "registry/src/main/resources/equerry/registry/create"
SCHEMAS = PROJECT / "registry/src/test/resources/equerry/registry/schema"
OLD = Path(lsst.daf.butler.__file__).parent / "configs/old_dimensions"

NAME_KEYS = "lsst.daf.butler.registry.collections.nameKey.NameKeyCollectionManager"
DATASETS = "lsst.daf.butler.registry.datasets.byDimensions.ByDimensionsDatasetRecordStorageManagerUUID"

# Universe, collection keys, version of the datasets manager.
CASES = [
    *((universe, "integer", "2.0.0") for universe in range(9)),
    *((universe, "integer", "1.0.0") for universe in (1, 8)),
    *((universe, "name", version) for universe in (3, 8) for version in ("1.0.0", "2.0.0")),
]

# Name, dimensions, whether it is a calibration; the keys of the groups follow from the order.
TYPES = [
    ("config", (), False),
    ("flat", ("physical_filter", "detector"), True),
    ("raw", ("exposure", "detector"), False),
    ("image", ("visit", "detector"), False),
    ("coadd", ("patch", "band"), False),
    ("pixels", ("htm7", "band"), False),
]


def universe_file(universe: int) -> str:
    return str(OLD / f"daf_butler_universe{universe}.yaml")


def config_of(keys: str, version: str, database: str | None, namespace: str | None) -> Config:
    config = Config()
    if keys == "name":
        config["registry", "managers", "collections"] = NAME_KEYS
    config["registry", "managers", "datasets"] = {"cls": DATASETS, "schema_version": version}
    if database is not None:
        config["registry", "db"] = database
        config["registry", "namespace"] = namespace
    return config


@contextmanager
def statements_of_engines() -> Iterator[list[str]]:
    """What is run to define tables while the context lasts."""
    seen: list[str] = []

    def note(_connection, _cursor, statement, *_others):
        if statement.lstrip().startswith(("CREATE TABLE", "CREATE SEQUENCE", "CREATE INDEX")):
            seen.append(re.sub(r"\s+", " ", statement.strip()))

    sqlalchemy.event.listen(sqlalchemy.engine.Engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        sqlalchemy.event.remove(sqlalchemy.engine.Engine, "before_cursor_execute", note)


def fill(root: Path, universe: int, config: Config) -> None:
    Butler.makeRepo(str(root), config=config, dimensionConfig=universe_file(universe), forceConfigRoot=False)
    with Butler.from_config(str(root), writeable=True) as butler:
        for name, dimensions, calibration in TYPES:
            butler.registry.registerDatasetType(
                DatasetType(
                    name, dimensions, "StructuredDataDict", universe=butler.dimensions, isCalibration=calibration
                )
            )


def make_schema(case: tuple[int, str, str], server: Postgres) -> None:
    universe, keys, version = case
    for engine in ("sqlite", "postgresql"):
        name = f"{engine}-{universe}-{keys}-{version[0]}"
        namespace = name.replace("-", "_")
        config = config_of(keys, version, server.url if engine == "postgresql" else None, namespace)
        with tempfile.TemporaryDirectory() as folder, statements_of_engines() as statements:
            if engine == "sqlite":
                config["registry", "db"] = "sqlite:///<butlerRoot>/gen3.sqlite3"
            fill(Path(folder) / "repository", universe, config)
            if engine == "sqlite":
                write_universe(universe, Path(folder) / "repository/gen3.sqlite3")
        plain = sorted(s.replace(f"{namespace}.", "") for s in statements)
        SCHEMAS.mkdir(parents=True, exist_ok=True)
        (SCHEMAS / f"{name}.sql.gz").write_bytes(gzip.compress(("\n".join(plain) + "\n").encode(), 9, mtime=0))


def write_universe(universe: int, database: Path) -> None:
    connection = sqlite3.connect(database)
    query = "SELECT value FROM butler_attributes WHERE name = 'config:dimensions.json'"
    (value,) = connection.execute(query).fetchone()
    connection.close()
    UNIVERSES.mkdir(parents=True, exist_ok=True)
    (UNIVERSES / f"universe-{universe}.json").write_text(value)


def main() -> None:
    binaries = find_binaries()
    if binaries is None:
        raise SystemExit("no PostgreSQL server found: install one or set EQUERRY_PG_BIN")
    server = Postgres(binaries)
    try:
        for case in CASES:
            make_schema(case, server)
    finally:
        server.stop()


if __name__ == "__main__":
    main()
