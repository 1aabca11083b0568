"""Read the tables of a registry in a form in which two repositories can be compared.

What the database or the clock makes up is replaced by what it stands for:
collection and dataset type ids by names, group ids by dimensions, dataset ids by
type, run and data ID (unless they are kept), ingest dates by nothing.
"""

from __future__ import annotations

import re
import sqlite3
import uuid
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import psycopg

from lsst.daf.butler import Config

Row = tuple[Any, ...]
COLLECTION_COLUMNS = {"collection_id", "run_id", "parent", "child"}
DATASET_COLUMNS = {"dataset_id", "registry_dataset_id"}
DYNAMIC = re.compile(r"dataset_(tags|calibs)_(\d+)")


class _Database:
    """A registry's database, read directly."""

    def __init__(self, root: Path) -> None:
        config = Config(str(root / "butler.yaml"))
        url = config["registry", "db"].replace("<butlerRoot>", str(root))
        if url.startswith("sqlite:///"):
            self._connection: Any = sqlite3.connect(f"file:{url.removeprefix('sqlite:///')}?mode=ro", uri=True)
            self._schema = None
        else:
            self._connection = psycopg.connect(re.sub(r"^postgresql\+\w+", "postgresql", url), autocommit=True)
            self._schema = config["registry"].get("namespace") or "public"
            self._connection.execute("SET default_transaction_read_only = on")
            self._connection.execute(f'SET search_path = "{self._schema}"')

    def names(self) -> list[str]:
        if self._schema is None:
            sql = "SELECT name FROM sqlite_master WHERE type = 'table'"
            return [name for (name,) in self._connection.execute(sql)]
        sql = "SELECT tablename FROM pg_tables WHERE schemaname = %s"
        return [name for (name,) in self._connection.execute(sql, (self._schema,))]

    def table(self, name: str) -> tuple[list[str], list[Row]]:
        cursor = self._connection.execute(f'SELECT * FROM "{name}"')
        return [d[0] for d in cursor.description], cursor.fetchall()

    def close(self) -> None:
        self._connection.close()


def _key(value: Any) -> str:
    """A dataset id as text, whatever the engine."""
    if isinstance(value, uuid.UUID):
        return value.hex
    return str(value).replace("-", "")


class _Meanings:
    """What the ids of one registry stand for."""

    def __init__(self, raw: dict[str, tuple[list[str], list[Row]]], keep_ids: bool) -> None:
        columns, rows = raw["collection"]
        by_id = "collection_id" in columns
        name = columns.index("name")
        self.collections = {r[columns.index("collection_id")]: r[name] for r in rows} if by_id else {}
        columns, rows = raw["dataset_type"]
        self.types = {r[columns.index("id")]: r[columns.index("name")] for r in rows}
        groups: dict[int, list[str]] = {0: []}
        for group, dimension in raw["dimension_graph_definition"][1]:
            groups.setdefault(group, []).append(dimension)
        self.groups = {group: "+".join(sorted(names)) for group, names in groups.items()}
        self.datasets: dict[str, str] = {} if keep_ids else self._datasets(raw)

    def _datasets(self, raw: dict[str, tuple[list[str], list[Row]]]) -> dict[str, str]:
        columns, rows = raw["dataset"]
        run = next(i for i, c in enumerate(columns) if c.startswith("run_"))
        type_id = columns.index("dataset_type_id")
        homes = {_key(r[0]): (r[type_id], r[run]) for r in rows}
        labels = {}
        for name, (columns, rows) in raw.items():
            if not name.startswith("dataset_tags_"):
                continue
            id_, collection = columns.index("dataset_id"), 2
            for row in rows:
                type_key, run_key = homes[_key(row[id_])]
                if row[collection] == run_key:
                    where = self.collections.get(run_key, run_key)
                    labels[_key(row[id_])] = f"{self.types[type_key]}@{where}{list(row[3:])}"
        return labels

    def table(self, name: str) -> str:
        dynamic = DYNAMIC.fullmatch(name)
        return f"dataset_{dynamic[1]}({self.groups[int(dynamic[2])]})" if dynamic else name

    def value(self, table: str, column: str, value: Any) -> Any:
        if value is None:
            return None
        if column in COLLECTION_COLUMNS:
            return self.collections.get(value, value)
        if column == "dataset_type_id":
            return self.types[value]
        if column in ("dimensions_key", "dimension_graph_id") or (table, column) == ("dimension_graph_key", "id"):
            return self.groups[value]
        if column in DATASET_COLUMNS or (table, column) == ("dataset", "id"):
            return self.datasets.get(_key(value), _key(value))
        if column.endswith("_association_table"):
            return self.table(value)
        if isinstance(value, str) and not self.datasets:
            return value
        if isinstance(value, str) and column in ("path", "obs_publisher_did", "access_url"):
            return re.sub(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", self._named, value)
        return value

    def _named(self, found: re.Match[str]) -> str:
        return self.datasets.get(_key(found[0]), found[0])


def _dropped(table: str, column: str) -> bool:
    return (
        column == "ingest_date"
        or (column == "id" and (table.startswith("dataset_calibs") or table == "dataset_type"))
        or (column == "collection_id" and table == "collection")
    )


def read(root: Path, *, keep_ids: bool = False) -> dict[str, list[Row]]:
    """All tables of a repository by name, rows sorted.

    ``keep_ids`` leaves dataset ids as they are, for repositories that should have the same.
    """
    database = _Database(root)
    raw = {name: database.table(name) for name in database.names()}
    database.close()
    meanings = _Meanings(raw, keep_ids)
    tables = {}
    for name, (columns, rows) in raw.items():
        kept = [i for i, column in enumerate(columns) if not _dropped(name, column)]
        values = [tuple(meanings.value(name, columns[i], row[i]) for i in kept) for row in rows]
        tables[meanings.table(name)] = sorted(values, key=repr)
    return tables


def differences(one: dict[str, list[Row]], other: dict[str, list[Row]], ignore: Iterable[str] = ()) -> list[str]:
    """What is in one and not in the other, a line each; empty when they are equal."""
    lines = []
    for name in sorted((one.keys() | other.keys()) - set(ignore)):
        left, right = one.get(name), other.get(name)
        if left is None or right is None:
            lines.append(f"{name}: only in the {'first' if right is None else 'second'}")
            continue
        rest = list(right)
        for row in left:
            if row in rest:
                rest.remove(row)
            else:
                lines.append(f"{name}: only in the first: {row}")
        lines += [f"{name}: only in the second: {row}" for row in rest]
    return lines
