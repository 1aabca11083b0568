"""Old repositories that ``equerry migrate`` brought up to date are what the stock package makes."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from commands import equerry
from schemas import postgres_schema, sqlite_schema
from variants import INSTRUMENT, RUN, Variant, make_variant

from astropy.time import Time

from lsst.daf.butler import Butler

# What is migrated, and the universe that it ends in.
OLD = [
    (Variant("universe0", 0), 1),
    (Variant("universe2-timestamps", 2, datasets_version="1.0.0"), 5),
    (Variant("universe3-names-timestamps", 3, datasets_version="1.0.0", name_keys=True), 5),
    (Variant("universe4", 4), 5),
    (Variant("universe6-timestamps", 6, datasets_version="1.0.0"), 8),
    (Variant("universe7", 7), 8),
    (Variant("universe6-obscore", 6, obscore=True), 8),
]
params = pytest.mark.parametrize(("old", "newest"), OLD, ids=[old.name for old, _ in OLD])


def micros(time: Time) -> str:
    time = time.tai.copy("isot")
    time.precision = 6
    return str(time)


def contents(root: Path) -> dict[str, Any]:
    """What the stock package finds in a repository."""
    with Butler.from_config(str(root), writeable=True) as butler:
        refs = {ref.id: ref for t in ("notes", "measurement", "bias") for ref in butler.query_datasets(t, RUN)}
        found: dict[str, Any] = {
            "types": sorted(t.name for t in butler.registry.queryDatasetTypes()),
            "collections": sorted(butler.collections.query("*")),
            "refs": {str(key): (str(ref.dataId), ref.run) for key, ref in refs.items()},
            "instrument": [r.toDict() for r in butler.query_dimension_records("instrument")],
            "visit": [r.toDict() for r in butler.query_dimension_records("visit")],
            "values": sorted(str(butler.get(ref)) for ref in refs.values()),
            "pixels": len(butler.query_data_ids(["visit", "htm7"])),
        }
        with butler.query() as query:
            rows = query.join_dataset_search("notes", RUN).general(
                ["instrument"], dataset_fields={"notes": {"ingest_date"}}, find_first=False
            )
            found["dates"] = [micros(row["notes.ingest_date"]) for row in rows]
    return found


def change(root: Path, statement: str, *parameters: object) -> None:
    connection = sqlite3.connect(root / "gen3.sqlite3")
    connection.execute(statement, parameters)
    connection.commit()
    connection.close()


def in_order(text: str) -> list[str]:
    """A declaration whose columns may be in any order."""
    return sorted(re.split(r", (?=\"?[a-z_]+\"? [A-Z]|CONSTRAINT|PRIMARY)", text.removesuffix(" )").removesuffix(")")))


def columns_by_name(schema: dict) -> list:
    return sorted((row[0], *row[2:]) for row in schema["columns"])


@params
def test_sqlite(tmp_path: Path, old: Variant, newest: int) -> None:
    make_variant(old, tmp_path / "old")
    if old.datasets_version == "1.0.0":
        # A second before a leap second, in a form that SQLAlchemy reads.
        change(tmp_path / "old", "UPDATE dataset SET ingest_date = '2016-12-31 23:59:59.123456'")
    before = contents(tmp_path / "old")
    shown = equerry("migrate", tmp_path / "old", "--dry-run").stdout
    assert f"to {newest}" in shown
    assert contents(tmp_path / "old") == before

    equerry("migrate", tmp_path / "old")
    after = contents(tmp_path / "old")
    assert after == before
    make_variant(Variant("new", newest, name_keys=old.name_keys, obscore=old.obscore), tmp_path / "new")
    migrated, made = (sqlite_schema(tmp_path / side / "gen3.sqlite3") for side in ("old", "new"))
    assert dict(migrated["attributes"]) == dict(made["attributes"])
    assert migrated["objects"].keys() == made["objects"].keys()
    for key, (_, text) in migrated["objects"].items():
        assert in_order(text) == in_order(made["objects"][key][1]), key
    assert "nothing to do" in equerry("migrate", tmp_path / "old", check=False).stderr

    (copy,) = (tmp_path / "old").glob("gen3.sqlite3.before-*")
    connection = sqlite3.connect(tmp_path / "old/gen3.sqlite3")
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    connection.close()
    copy.rename(tmp_path / "old/gen3.sqlite3")
    assert contents(tmp_path / "old") == before


@params
def test_postgresql(tmp_path: Path, postgres, old: Variant, newest: int) -> None:
    spaces = [f"{side}_{old.name.replace('-', '_')}" for side in ("migrated", "fresh")]
    make_variant(old, tmp_path / "old", postgres.url, spaces[0])
    before = contents(tmp_path / "old")
    refused = equerry("migrate", tmp_path / "old", check=False)
    assert (refused.returncode, "pg_dump" in refused.stderr) == (1, True)
    equerry("migrate", tmp_path / "old", "--no-backup")
    assert contents(tmp_path / "old") == before
    new = Variant("new", newest, name_keys=old.name_keys, obscore=old.obscore)
    make_variant(new, tmp_path / "new", postgres.url, spaces[1])
    migrated, made = (postgres_schema(postgres.url, namespace) for namespace in spaces)
    assert dict(migrated["attributes"]) == dict(made["attributes"])
    assert columns_by_name(migrated) == columns_by_name(made)
    for part in ("constraints", "indexes", "sequences"):
        assert migrated[part] == made[part]


def test_sky(tmp_path: Path) -> None:
    make_variant(Variant("universe6", 6), tmp_path / "old")
    columns = "instrument, id, day_obs, \"group\", physical_filter"
    for number, kind in enumerate(["science", "dark", "unheard of", None], start=1000):
        change(
            tmp_path / "old",
            f"INSERT INTO exposure ({columns}, obs_id, observation_type)"
            " SELECT instrument, ?, day_obs, \"group\", physical_filter, ?, ? FROM exposure LIMIT 1",
            *(number, str(number), kind),
        )
    equerry("migrate", tmp_path / "old", "--no-backup")
    with Butler.from_config(str(tmp_path / "old")) as butler:
        records = butler.query_dimension_records("exposure", where="exposure >= 1000", instrument=INSTRUMENT)
        assert {r.id: r.can_see_sky for r in records} == {1000: True, 1001: False, 1002: None, 1003: None}


def test_changed_universe_stays(tmp_path: Path) -> None:
    make_variant(Variant("universe7", 7), tmp_path / "old")
    change(
        tmp_path / "old",
        "UPDATE butler_attributes SET value = replace(value, '\"max_level\": 17', '\"max_level\": 16')"
        " WHERE name = 'config:dimensions.json'",
    )
    done = equerry("migrate", tmp_path / "old", check=False)
    assert done.returncode == 0
    assert "have been changed" in done.stderr and "nothing to do" in done.stderr


def test_what_is_not_offered_is_named(tmp_path: Path) -> None:
    for universe, words in ((1, "1 to 2 is not offered"), (5, "5 to 6 is not offered")):
        make_variant(Variant("old", universe), tmp_path / str(universe))
        assert words in equerry("migrate", tmp_path / str(universe), check=False).stderr
