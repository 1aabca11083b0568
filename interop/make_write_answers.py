#!/usr/bin/env python3
"""Make the changes that the Java tests repeat, with what the stock package makes of them.

``registry-writes.json.gz``
    For the demo repository and those of every universe and old schema: changes of the
    registry, one after another, and every table that is another one after them. Java tests
    make the same changes and compare all tables, row for row, with ids.
"""

from __future__ import annotations

import gzip
import json
import os
import re
import sqlite3
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

INTEROP = Path(__file__).resolve().parent
PROJECT = INTEROP.parent
RESOURCES = PROJECT / "direct/src/test/resources/equerry/direct"

if os.environ.get("PYTHONHASHSEED") != "0":
    os.environ["PYTHONHASHSEED"] = "0"
    os.execv(sys.executable, [sys.executable, *sys.argv])

from variants import VARIANTS

from lsst.daf.butler import Butler, CollectionType, DatasetType, DimensionRecord, DimensionUniverse, Timespan
from lsst.sphgeom import Angle, Box, Circle, ConvexPolygon, Ellipse, LonLat, Region, UnionRegion, UnitVector3d

Change = dict[str, Any]
Record = dict[str, Any]
TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"


def point(ra: float, dec: float) -> UnitVector3d:
    return UnitVector3d(LonLat.fromDegrees(ra, dec))


def polygon(ra: float, dec: float, size: float) -> ConvexPolygon:
    corners = [(0, 0), (size, 0), (size, size), (0, size)]
    return ConvexPolygon([point(ra + x, dec + y) for x, y in corners])


REGIONS: list[Region | None] = [
    polygon(30, 10, 1.0),
    Circle(point(200, -45), Angle.fromDegrees(0.7)),
    Box.fromDegrees(359.5, -1.0, 0.5, 0.5),
    None,
    Ellipse(point(80, 80), Angle.fromDegrees(1.2), Angle.fromDegrees(0.5), Angle.fromDegrees(30)),
    UnionRegion(polygon(30, 10, 0.4), Circle(point(33, 12), Angle.fromDegrees(0.2))),
    Circle(point(0, 90), Angle.fromDegrees(3.0)),
    polygon(120, -60, 0.01),
]
TIMESPANS: list[list[int] | None] = [
    [1_600_000_000_000_000_000, 1_600_000_030_000_000_000],
    [0, 1_600_000_000_000_000_000],
    [1_600_000_000_000_000_000, 4_102_444_800_000_000_000],
    [4_102_444_800_000_000_000, 0],
    None,
    [0, 4_102_444_800_000_000_000],
]


def key(universe: DimensionUniverse, name: str, number: int) -> int | str:
    """The value of a dimension in records of a number; there is one of each governor."""
    dimension = universe.dimensions[name]
    if name in universe.governor_dimensions.names:
        return f"new {name[:6]}"
    return 1000 + number if dimension.primary_key.type == "int" else f"{name[:8]}-{number}"


def record(universe: DimensionUniverse, name: str, number: int, shift: int = 0, /, **given: Any) -> Record:
    """A record in the form that the Java tests read; a shift makes other values with the same keys."""
    element = universe[name]
    keys = dict(zip(element.schema.dimensions.names, element.dimensions.names, strict=True))
    alternate = element.alternate_keys.names
    return {
        column.name: given[column.name]
        if column.name in given
        else key(universe, keys[column.name], number)
        if column.name in keys
        else value(column.name, column.type, number if column.name in alternate else number + shift)
        for column in element.schema.all
    }


def value(column: str, kind: str, number: int) -> Any:
    match kind:
        case "region":
            region = REGIONS[number % len(REGIONS)]
            return None if region is None else region.encode().hex()
        case "timespan":
            return TIMESPANS[number % len(TIMESPANS)]
        case "hash":
            return bytes(range(number, number + 20)).hex()
    if column not in ("name", "full_name", "obs_id") and (number + len(column)) % 5 == 0:
        return None
    match kind:
        case "int":
            return 1000 + number
        case "float":
            return number / 7
        case "bool":
            return (number + len(column)) % 2 == 0
        case _:
            return f"{column[:6]} {number} é"


def changes(universe: DimensionUniverse, types: dict[str, DatasetType]) -> list[Change]:
    """What is to be done in a repository, in order; each change is a transaction."""
    return [*record_changes(universe), *type_changes(universe, types), *collection_changes(types)]


def record_changes(universe: DimensionUniverse) -> list[Change]:
    made: list[Change] = []
    names = [e.name for e in universe.elements if e.has_own_table]

    def insert(name: str, mode: str, numbers: Iterable[int], shift: int = 0, /, **given: Any) -> None:
        records = [record(universe, name, n, shift, **given) for n in numbers]
        made.append({"change": "insert", "element": name, "mode": mode, "records": records})

    def sync(name: str, mode: str, number: int, shift: int = 0, /, **given: Any) -> None:
        made.append(
            {"change": "sync", "element": name, "mode": mode, "records": [record(universe, name, number, shift, **given)]}
        )

    governors = set(universe.governor_dimensions.names)
    for name in names:
        insert(name, "FAIL", [0] if name in governors else range(8))
    for name in names:
        insert(name, "FAIL", [0])
        insert(name, "SKIP", [0] if name in governors else range(6, 10), 1)
    for name in names:
        insert(name, "REPLACE", [0] if name in governors else range(4), 2)
    for name in names:
        sync(name, "FAIL", 0, 2)
        sync(name, "FAIL", 0, 3)
        sync(name, "UPDATE", 0, 3)
        if name not in governors:
            sync(name, "UPDATE", 3, 3)
            sync(name, "FAIL", 10)
    for name in governors:
        own = universe.dimensions[name].primary_key.name
        sync(name, "FAIL", 1, **{own: f"other {name[:6]}"})
    for mode in ("FAIL", "SKIP", "REPLACE"):
        insert("detector", mode, [0], id=5000)
        insert("visit", mode, [0], id=5001, name="nobody", physical_filter="nope")
        insert("visit", mode, [0], id=5002)
    sync("detector", "FAIL", 0, id=5000)
    sync("detector", "UPDATE", 1, full_name=record(universe, "detector", 0)["full_name"])
    return made


def type_changes(universe: DimensionUniverse, types: dict[str, DatasetType]) -> list[Change]:
    def register(name: str, dimensions: list[str], storage_class: str = "StructuredDataDict", calibration: bool = False) -> Change:
        return {
            "change": "register_type",
            "name": name,
            "dimensions": dimensions,
            "storage_class": storage_class,
            "calibration": calibration,
        }

    used = next(iter(types.values()))
    return [
        register("new_visit", ["visit", "detector"]),
        register("new_coadd", ["patch", "band"]),
        register("new_curve", ["physical_filter"]),
        register("new_curve", ["physical_filter"]),
        register("new_curve", ["physical_filter"], calibration=True),
        register("new_curve", ["physical_filter"], "StructuredDataList"),
        register("new_curve", ["instrument"]),
        register("new_curve_calib", ["physical_filter"], calibration=True),
        register("new_curve_list", ["physical_filter"], "StructuredDataList"),
        register("new_nothing", []),
        register("new_nothing_calib", [], calibration=True),
        register("new_pixel", ["htm7"]),
        register("new_pixel_visit", ["htm9", "visit"], calibration=True),
        register("new_overlap", ["tract", "visit", "detector"]),
        register("new_flat", ["detector", "physical_filter"], calibration=True),
        register(used.name, list(used.dimensions.required), used.storageClass_name, used.isCalibration()),
        {"change": "remove_type", "name": "new_pixel"},
        {"change": "remove_type", "name": "never_there"},
        {"change": "remove_type", "name": used.name},
        register("new_pixels", ["htm7"]),
    ]


def collection_changes(types: dict[str, DatasetType]) -> list[Change]:
    def register(name: str, kind: str, doc: str | None = None) -> Change:
        return {"change": "register", "name": name, "type": kind, "doc": doc}

    def chain(change: str, name: str, *children: str) -> Change:
        return {"change": change, "name": name, "children": list(children)}

    return [
        register("new/run", "RUN", "A run."),
        register("new/run2", "RUN"),
        register("new/run3", "RUN", ""),
        register("new/tagged", "TAGGED", "Zwölf Mönche"),
        register("new/calib", "CALIBRATION"),
        register("new/chain", "CHAINED", "All of it"),
        register("new/inner", "CHAINED"),
        register("new/inmost", "CHAINED"),
        register("new/run", "RUN", "Not looked at."),
        {"change": "document", "name": "new/run2", "doc": "Now with words."},
        {"change": "document", "name": "new/tagged", "doc": None},
        {"change": "document", "name": "new/nobody", "doc": "?"},
        chain("redefine", "new/chain", "new/run", "new/run2", "new/run", "new/calib"),
        chain("redefine", "new/inner", "new/inmost", "new/tagged"),
        chain("redefine", "new/inmost", "new/run3"),
        chain("prepend", "new/chain", "new/inner"),
        chain("prepend", "new/chain", "new/calib", "new/tagged"),
        chain("prepend", "new/chain", "new/run2"),
        chain("extend", "new/chain", "new/run2", "new/run3"),
        chain("extend", "new/inmost", "new/run"),
        chain("take", "new/chain", "new/tagged", "new/inmost"),
        chain("redefine", "new/inmost", "new/chain"),
        chain("extend", "new/inmost", "new/inmost"),
        chain("prepend", "new/inmost", "new/inner"),
        chain("redefine", "new/run", "new/run2"),
        chain("redefine", "new/nobody", "new/run2"),
        chain("extend", "new/chain", "new/run2", "new/nobody"),
        chain("redefine", "new/inner"),
        chain("prepend", "new/inner", "new/run", "new/run2"),
        chain("redefine", "new/inmost"),
        chain("extend", "new/inmost", "new/run", "new/run2"),
        {"change": "remove", "name": "new/run3"},
        {"change": "remove", "name": "new/run"},
        {"change": "remove", "name": "new/nobody"},
        {"change": "remove", "name": "new/inner"},
    ]


def apply(butler: Butler, change: Change) -> str:
    """Make a change; what the stock package answers."""
    registry, collections = butler.registry, butler.collections
    match change:
        case {"change": "register", "name": name, "type": kind, "doc": doc}:
            return "NEW" if collections.register(name, CollectionType[kind], doc) else "KNOWN"
        case {"change": "document", "name": name, "doc": doc}:
            registry.setCollectionDocumentation(name, doc)
        case {"change": "remove", "name": name}:
            collections.x_remove(name)
        case {"change": "redefine", "name": name, "children": children}:
            collections.redefine_chain(name, children)
        case {"change": "prepend", "name": name, "children": children}:
            collections.prepend_chain(name, children)
        case {"change": "extend", "name": name, "children": children}:
            collections.extend_chain(name, children)
        case {"change": "take", "name": name, "children": children}:
            collections.remove_from_chain(name, children)
        case {"change": "register_type", "name": name, "dimensions": dimensions, "calibration": calibration}:
            storage_class = change["storage_class"]
            type_ = DatasetType(name, dimensions, storage_class, universe=butler.dimensions, isCalibration=calibration)
            return "NEW" if registry.registerDatasetType(type_) else "KNOWN"
        case {"change": "remove_type", "name": name}:
            registry.removeDatasetType(name)
        case {"change": "insert", "element": element, "mode": mode, "records": records}:
            stock = [stock_record(butler.dimensions, element, r) for r in records]
            registry.insertDimensionData(element, *stock, replace=mode == "REPLACE", skip_existing=mode == "SKIP")
        case {"change": "sync", "element": element, "mode": mode, "records": [given]}:
            stock_given = stock_record(butler.dimensions, element, given)
            match registry.syncDimensionData(element, stock_given, update=mode == "UPDATE"):
                case True:
                    return "INSERTED"
                case False:
                    return "UNCHANGED"
                case dict() as before:
                    columns = {re.sub("^timespan_.*", "timespan", column) for column in before}
                    return "UPDATED " + " ".join(sorted(columns))
    return "DONE"


def stock_record(universe: DimensionUniverse, name: str, given: Record) -> DimensionRecord:
    element = universe[name]
    kinds = {column.name: column.type for column in element.schema.all}
    return element.RecordClass(**{column: stock_value(kinds[column], v) for column, v in given.items()})


def stock_value(kind: str, given: Any) -> Any:
    match kind:
        case "region" if given is not None:
            return Region.decode(bytes.fromhex(given))
        case "timespan" if given is not None:
            return Timespan(None, None, _nsec=tuple(given))
        case "hash" if given is not None:
            return bytes.fromhex(given)
        case _:
            return given


def tables(database: Path) -> dict[str, list[dict[str, Any]]]:
    with sqlite3.connect(database) as connection:
        connection.row_factory = sqlite3.Row
        names = [name for (name,) in connection.execute(TABLES)]
        read = {name: [dict(row) for row in connection.execute(f'SELECT * FROM "{name}"')] for name in names}
    connection.close()
    return read


def answers(root: Path) -> dict[str, Any]:
    """The changes of a repository, with what they answer and leave."""
    before = tables(root / "gen3.sqlite3")
    butler = Butler.from_config(str(root), writeable=True)
    types = {t.name: t for t in butler.registry.queryDatasetTypes()}
    made = changes(butler.dimensions, types)
    for change in made:
        try:
            change["answer"] = apply(butler, change)
        except Exception as fault:
            change["answer"] = f"FAILED {type(fault).__name__}"
            butler.registry.refresh()
    butler.close()
    after = tables(root / "gen3.sqlite3")
    return {"changes": made, "tables": {name: rows for name, rows in after.items() if rows != before.get(name)}}


def unpack_demo(root: Path) -> None:
    with zipfile.ZipFile(PROJECT / "cli/src/main/resources/equerry/demo/repository.zip") as archive:
        archive.extractall(root)


def unpack_variant(name: str, root: Path) -> None:
    root.mkdir()
    (root / "butler.yaml").write_bytes((RESOURCES / f"variants/{name}.yaml").read_bytes())
    statements = gzip.decompress((RESOURCES / f"variants/{name}.sql.gz").read_bytes()).decode()
    with sqlite3.connect(root / "gen3.sqlite3") as connection:
        connection.executescript(statements)
    connection.close()


def main() -> None:
    made = {}
    with tempfile.TemporaryDirectory() as folder:
        demo = Path(folder) / "demo"
        unpack_demo(demo)
        made["demo"] = answers(demo)
        for variant in VARIANTS:
            root = Path(folder) / variant.name
            unpack_variant(variant.name, root)
            made[variant.name] = answers(root)
    for name, answer in made.items():
        print(name, Counter(change["answer"] for change in answer["changes"]), {t: len(r) for t, r in answer["tables"].items()})
    text = json.dumps(made, ensure_ascii=False)
    (RESOURCES / "registry-writes.json.gz").write_bytes(gzip.compress(text.encode(), 9, mtime=0))


if __name__ == "__main__":
    main()
