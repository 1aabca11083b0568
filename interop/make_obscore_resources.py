#!/usr/bin/env python3
"""Record what the stock package makes of ObsCore configurations.

``registry/src/test/resources/equerry/registry/obscore/configs.json``
    ``good``: configurations, the text that a repository keeps of each, and the
    statements that make its table on SQLite and on PostgreSQL (with the columns of
    pgSphere, which the database need not have for that).
    ``bad``: configurations that are refused.
``formats.json``
    Formats with values, and what Python makes of them: a text, ``null`` where a name
    is missing.
``patterns.json``
    Regular expressions, texts, and whether they match as a whole.
``regions.json``
    Polygons and what spatial columns hold of them, those of pgSphere as they are sent
    to the database.
``times.txt``
    TAI nanoseconds and the dates that rows have for them, as hexadecimal numbers.
"""

from __future__ import annotations

import base64
import json
import random
import re
from pathlib import Path

import sqlalchemy
from postgres import Postgres, find_binaries

from lsst.daf.butler import ddl
from lsst.daf.butler.registry.databases.postgresql import PostgresqlDatabase
from lsst.daf.butler.registry.databases.sqlite import SqliteDatabase
from lsst.daf.butler.registry.datasets.byDimensions import ByDimensionsDatasetRecordStorageManagerUUID
from lsst.daf.butler.registry.interfaces import Database
from lsst.daf.butler.registry.obscore import ObsCoreManagerConfig, ObsCoreSchema
from lsst.daf.butler.registry.obscore.default_spatial import DefaultSpatialObsCorePlugin
from lsst.daf.butler.registry.obscore.pgsphere import PgSphereObsCorePlugin, PgSpherePoint, PgSpherePolygon
from lsst.daf.butler.time_utils import TimeConverter
from lsst.sphgeom import ConvexPolygon, LonLat, UnitVector3d

PROJECT = Path(__file__).resolve().parent.parent
TARGET = PROJECT / "registry/src/test/resources/equerry/registry/obscore"

STANDARD = "lsst.daf.butler.registry.obscore.default_spatial.DefaultSpatialObsCorePlugin"
PGSPHERE = "lsst.daf.butler.registry.obscore.pgsphere.PgSphereObsCorePlugin"

LEAST = {"version": 0, "facility_name": "Hut", "collection_type": "RUN", "dataset_types": {}}

FULL = {
    "collection_type": "TAGGED",
    "collections": ["shown"],
    "version": 7,
    "namespace": "other",
    "table_name": "sky",
    "facility_name": 'The "Größte" \\ Hut\n\u0001\u001f\u007f',
    "facility_map": {"Cam1": "Peak", "Cam2": "Valley"},
    "obs_collection": "meadow",
    "fallback_instrument": "Cam1",
    "obs_publisher_did_fmt": "ivo://org/{dataset_type}?{id}",
    "not_known": 3,
    "dataset_types": {
        "raw": {
            "dataproduct_type": "image",
            "calib_level": 1,
            "obs_id_fmt": "{records[exposure].obs_id}-{records[detector].full_name}",
            "s_xel": [4000, 4072],
        },
        "calexp": {
            "dataproduct_type": "image",
            "dataproduct_subtype": "lsst.calexp",
            "calib_level": "2",
            "o_ucd": "phot.count",
            "access_format": "image/fits",
            "datalink_url_fmt": "http://data/{obs_id}?x={id}",
            "obs_collection": "own",
            "extra_columns": {
                "c2": {"template": "{visit:08d}", "type": "string", "length": 20},
                "c3": {"template": "{visit}", "type": "int", "doc": "The visit's number."},
                "c4": {"template": "{run}"},
                "c5": {"template": "{visit}", "type": "float"},
                "c6": {"template": "{visit}", "type": "bool", "doc": "It's"},
            },
        },
    },
    "extra_columns": {
        "lsst_detector": {"template": "{detector}", "type": "int"},
        "lsst_visit": {"template": "{visit}", "type": "int"},
        "lsst_name": {"template": "{records[visit].name}", "length": 255},
        "whole": 3,
        "real": 3.0,
        "small": 1e-07,
        "tiny": 1.5e-300,
        "huge": 1e16,
        "plain": 1e15,
        "edge": 1e-05,
        "truth": True,
        "text": "3",
        "t_xel": 1,
    },
    "indices": {"one": "lsst_visit", "two": ["s_ra", "s_dec"], "key": "registry_dataset_id", "again": ["lsst_visit"]},
    "spectral_ranges": {"g": [4.02e-07, 5.52e-07], "r": [None, 6e-07], "i": ["7e-7", 1], "u": [None, None]},
}

GOOD = [
    LEAST,
    FULL,
    {**LEAST, "collections": ["run1", "u/.*", "(?P<a>x)y"], "dataset_types": FULL["dataset_types"]},
    {**LEAST, "collections": [], "indices": {}, "extra_columns": {}, "spectral_ranges": {}},
    {
        **LEAST,
        "version": "12",
        "spatial_plugins": {
            "circle": {"cls": STANDARD},
            "sphere": {"cls": PGSPHERE, "config": {"region_column": "where_it_is"}},
        },
    },
    {**LEAST, "version": 2.0, "spatial_plugins": {"sphere": {"cls": PGSPHERE}}},
]

BAD = [
    {},
    {**LEAST, "version": "one"},
    {**LEAST, "version": 1.5},
    {**LEAST, "collection_type": "CHAINED"},
    {**LEAST, "collection_type": "TAGGED"},
    {**LEAST, "collection_type": "TAGGED", "collections": ["a", "b"]},
    {**LEAST, "facility_name": 3},
    {**LEAST, "collections": "run1"},
    {**LEAST, "collections": [1]},
    {**LEAST, "dataset_types": {"raw": {}}},
    {**LEAST, "dataset_types": {"raw": {"dataproduct_type": "image"}}},
    {**LEAST, "dataset_types": {"raw": {"dataproduct_type": "image", "calib_level": 1, "s_xel": [1]}}},
    {**LEAST, "extra_columns": {"c": {"type": "int"}}},
    {**LEAST, "extra_columns": {"c": {"template": "{visit}", "type": "uuid"}}},
    {**LEAST, "extra_columns": {"c": [1]}},
    {**LEAST, "spectral_ranges": {"g": [1.0]}},
    {**LEAST, "spectral_ranges": {"g": ["a", 1.0]}},
    {**LEAST, "spatial_plugins": {"a": {}}},
    {**LEAST, "indices": {"a": 3}},
]


def statements(db: Database, config: ObsCoreManagerConfig) -> list[str]:
    plugins = [
        (PgSphereObsCorePlugin if plugin.cls == PGSPHERE else DefaultSpatialObsCorePlugin)(
            name=name, config=plugin.config
        )
        for name, plugin in config.spatial_plugins.items()
    ]
    if not any(isinstance(p, DefaultSpatialObsCorePlugin) for p in plugins):
        plugins.insert(0, DefaultSpatialObsCorePlugin(name="default", config={}))
    schema = ObsCoreSchema(config, plugins, ByDimensionsDatasetRecordStorageManagerUUID)
    metadata = sqlalchemy.MetaData()
    sqlalchemy.Table("dataset", metadata, sqlalchemy.Column("id", ddl.GUID, primary_key=True))
    table = db._convertTableSpec(config.table_name, schema.table_spec, metadata)
    for key in schema.table_spec.foreignKeys:
        table.append_constraint(db._convertForeignKeySpec(config.table_name, key, metadata))
    dialect = db._engine.dialect
    made = [str(sqlalchemy.schema.CreateTable(table).compile(dialect=dialect)).strip()]
    made += sorted(str(sqlalchemy.schema.CreateIndex(index).compile(dialect=dialect)) for index in table.indexes)
    return made


def main() -> None:
    binaries = find_binaries()
    if binaries is None:
        raise SystemExit("no PostgreSQL server found: install one or set EQUERRY_PG_BIN")
    server = Postgres(binaries)
    try:
        engines = {
            "sqlite": SqliteDatabase.fromEngine(SqliteDatabase.makeEngine("sqlite://"), origin=0),
            "postgresql": PostgresqlDatabase.fromUri(server.url, origin=0),
        }
        good = []
        for source in GOOD:
            config = ObsCoreManagerConfig.model_validate(source)
            good.append(
                {
                    "source": source,
                    "stored": config.model_dump_json(),
                    **{name: statements(db, config) for name, db in engines.items()},
                }
            )
        bad = []
        for source in BAD:
            try:
                ObsCoreManagerConfig.model_validate(source)
            except ValueError:
                bad.append(source)
            else:
                raise SystemExit(f"not refused: {source}")
    finally:
        server.stop()
    TARGET.mkdir(parents=True, exist_ok=True)
    write("configs.json", {"good": good, "bad": bad})
    write("formats.json", formats())
    write("patterns.json", patterns())
    write("regions.json", regions())
    (TARGET / "times.txt").write_text("".join(f"{n} {mjd(n).hex()}\n" for n in times()))


def write(name: str, value: object) -> None:
    (TARGET / name).write_text(json.dumps(value, indent=1) + "\n")


def formats() -> dict:
    values = {
        "visit": 42, "exposure": 20250101000123, "band": "r", "run": "HSC/run/1", "none": None,
        "real": 0.1, "small": 1.5e-07, "large": 123456789.0, "minus": -3, "text": "größe",
        "records": {"visit": "inner"},
    }  # fmt: skip
    templates = [
        "", "plain", "{{{band}}}", "{visit}", "{visit:08d}", "{visit:+d}", "{visit:>6}", "{visit:x<6}", "{visit:^7d}",
        "{visit:x}", "{visit:X}", "{visit:o}", "{visit:b}", "{exposure:,}", "{exposure:_d}", "{minus:05d}", "{minus:=5d}",
        "{visit:.2f}", "{visit:e}", "{real}", "{real:.3f}", "{real:.20f}", "{real:g}", "{small}", "{small:g}",
        "{small:.3e}", "{small:E}", "{small:f}", "{large:g}", "{large:,.2f}", "{large:.3g}", "{large:G}", "{real:%}",
        "{real:.1%}", "{real:10.2f}|", "{real:<10.2f}|", "{band:>4}", "{band:4}|", "{text:.3}", "{text:s}", "{text:*^9}",
        "{band!s}", "{none}", "{run[0]}", "{records[visit]}", "{records[exposure]}", "{absent}", "{absent:d}",
        "{band:{none}}", "{visit:{band}}", "a{visit}b{band}c", "{visit: d}", "{real:e}", "{real:.0f}", "{minus:_>8}",
    ]  # fmt: skip
    made = []
    for template in templates:
        try:
            result = {"text": template.format(**values)}
        except KeyError:
            result = {"text": None}
        except ValueError:
            result = {"error": True}
        made.append({"template": template, **result})
    return {"values": values, "cases": made}


def regions() -> list[dict]:
    random.seed(6)
    polygons = [ConvexPolygon([UnitVector3d(LonLat.fromDegrees(*p)) for p in points]) for points in (
        ((0, 0), (1, 0), (1, 1), (0, 1)),
        ((359.9, -0.5), (0.2, -0.5), (0.1, 0.0000004)),
        ((10, 89.9), (130, 89.9), (250, 89.9)),
    )]  # fmt: skip
    for _ in range(20):
        lon, lat, size = random.uniform(0, 360), random.uniform(-80, 80), random.uniform(1e-3, 2)
        corners = ((-size, -size), (size, -size), (size, size), (-size, size))
        polygons.append(ConvexPolygon([UnitVector3d(LonLat.fromDegrees(lon + x, lat + y)) for x, y in corners]))
    point, polygon = PgSpherePoint().bind_processor(None), PgSpherePolygon().bind_processor(None)
    made = []
    for region in polygons:
        standard = DefaultSpatialObsCorePlugin(name="a", config={}).make_records(region)
        sphere = PgSphereObsCorePlugin(name="b", config={}).make_records(region)
        texts = {
            "pgsphere_position": point(sphere["pgsphere_position"]),
            "pgsphere_region": polygon(sphere["pgsphere_region"]),
        }
        made.append({"region": base64.b64encode(region.encode()).decode(), "columns": {**standard, **texts}})
    return made


def patterns() -> dict:
    texts = ["", "run1", "u/me/run1", "u/me/run22", "größe", "a.b", "a[b", "a&b", "a{2}", "aa", "abab", "x\n", "HSC/Runs", "_"]
    sources = [
        "", "run1", "run.*", "u/[^/]+/run\\d+", ".*", "(?P<p>ab)(?P=p)", "\\w+", "a[.[&]b", "a[&&]b", "a{2}", "a{,2}",
        "a\\{2\\}", "a{2", "a{2}|a{x}", "(?i)hsc/runs", "x.", "x$", "run1\\Z", "\\Arun1", "(?#note)run1", "[]a]+",
        "[^]]+", "[a-z_]+", "(?:u/)?(me/)?run1", "u/(?=me).*", "(?<!x)run1", "a+?a", "[\\w/]+",
    ]  # fmt: skip
    cases = [
        {"pattern": source, "matches": [text for text in texts if re.compile(source).fullmatch(text)]}
        for source in sources
    ]
    return {"texts": texts, "cases": cases}


def times() -> list[int]:
    random.seed(5)
    leap = (1483228800, 1341100800, 915148800)
    return [
        *(random.randrange(63072010 * 10**9, 4102444800 * 10**9) for _ in range(200)),
        *(random.randrange(1262304000, 1924992000) * 10**9 for _ in range(100)),
        *(random.randrange(14610, 22000) * 86400 * 10**9 + random.choice((-1, 0, 1, 37 * 10**9)) for _ in range(100)),
        *(random.choice(leap) * 10**9 + random.randrange(0, 90 * 10**9) for _ in range(100)),
    ]


def mjd(nanoseconds: int) -> float:
    return float(TimeConverter().nsec_to_astropy(nanoseconds).utc.mjd)


if __name__ == "__main__":
    main()
