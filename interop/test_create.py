"""Repositories that ``equerry create`` makes are those that the stock package makes."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import psycopg
import pytest
import yaml
from commands import equerry
from make_schema_resources import DATASETS, NAME_KEYS, universe_file
from schemas import postgres_schema, sqlite_schema

from lsst.daf.butler import Butler, Config, DatasetType

NO_VARIANT: dict = {}
NAMES = {"collections": NAME_KEYS}
TIMESTAMPS = {"datasets": {"cls": DATASETS, "schema_version": "1.0.0"}}
OBSCORE = {
    "obscore": {
        "cls": "lsst.daf.butler.registry.obscore.ObsCoreLiveTableManager",
        "config": {
            "namespace": "daf_butler_obscore",
            "version": 0,
            "facility_name": "Site",
            "obs_collection": "SITE",
            "collection_type": "RUN",
            "collections": ["first/.*"],
            "extra_columns": {"site_name": {"template": "{instrument}", "type": "string", "length": 20}},
            "indices": {"by_name": "instrument_name"},
            "dataset_types": {"numbers": {"dataproduct_type": "measurements", "calib_level": 2}},
        },
    }
}
CASES = [
    *(pytest.param(universe, NO_VARIANT, id=f"universe{universe}") for universe in range(9)),
    pytest.param(3, {**NAMES, **TIMESTAMPS}, id="universe3-names-timestamps"),
    pytest.param(8, NAMES, id="universe8-names"),
    pytest.param(8, TIMESTAMPS, id="universe8-timestamps"),
    pytest.param(8, OBSCORE, id="universe8-obscore"),
]

FILE = "lsst.daf.butler.datastores.fileDatastore.FileDatastore"
CHAIN = "lsst.daf.butler.datastores.chainedDatastore.ChainedDatastore"
MEMORY = "lsst.daf.butler.datastores.inMemoryDatastore.InMemoryDatastore"
CHAINED = {
    "datastore": {
        "cls": CHAIN,
        "datastore_constraints": [{"constraints": {"reject": ["Parquet"]}}, {}, {}],
        "datastores": [
            {"cls": MEMORY},
            {"datastore": {"cls": FILE, "name": "first", "records": {"table": "one_records"}}},
            {"cls": FILE, "root": "/elsewhere/of/the/seed", "templates": {"default": "{run}/{datasetType}/{id}"}},
        ],
    }
}
SEEDS = {
    "nothing": {},
    "own-templates": {"datastore": {"templates": {"default": "{run}/{datasetType}/{instrument}_{detector}"}}, "root": "/nowhere"},
    "own-places": {
        "datastore": {"root": "<butlerRoot>/files", "name": "site", "records": {"table": "site_records"}},
        "registry": {"db": "sqlite:///<butlerRoot>/other.sqlite3", "origin": 4},
    },
    "classes": {"storageClasses": {"Mine": {"pytype": "dict", "parameters": ["x", "yes", "1.5", ""]}}},
    "chained": CHAINED,
}


def fill(root: Path) -> None:
    """The stock package takes the repository as its own."""
    with Butler.from_config(str(root), writeable=True, run="first/run") as butler:
        butler.registry.insertDimensionData("instrument", {"name": "Cam"})
        butler.registry.insertDimensionData("detector", {"instrument": "Cam", "id": 1, "full_name": "one"})
        for name, calibration in (("numbers", False), ("bias", True)):
            butler.registry.registerDatasetType(
                DatasetType(
                    name,
                    ["instrument", "detector"],
                    "StructuredDataDict",
                    universe=butler.dimensions,
                    isCalibration=calibration,
                )
            )
        butler.put({"a": 1}, "numbers", instrument="Cam", detector=1)
        assert butler.get("numbers", instrument="Cam", detector=1) == {"a": 1}


def write_seed(folder: Path, seed: dict) -> Path:
    file = folder / "seed.yaml"
    file.write_text(yaml.safe_dump(seed))
    return file


def assert_same_yaml(ours: Path, theirs: Path) -> None:
    """The same text, but for values that PyYAML writes once and refers to."""
    texts = [(root / "butler.yaml").read_text() for root in (ours, theirs)]
    if "&id" in texts[1]:
        assert yaml.safe_load(texts[0]) == yaml.safe_load(texts[1])
    else:
        assert texts[0] == texts[1]


@pytest.mark.parametrize(("universe", "managers"), CASES)
def test_sqlite(tmp_path: Path, universe: int, managers: dict) -> None:
    seed = write_seed(tmp_path, {"registry": {"managers": managers}})
    Butler.makeRepo(str(tmp_path / "theirs"), config=Config(str(seed)), dimensionConfig=universe_file(universe))
    equerry("create", tmp_path / "ours", "--seed-config", seed, "--dimension-config", universe)
    assert sorted(p.name for p in (tmp_path / "ours").iterdir()) == ["butler.yaml", "gen3.sqlite3"]
    assert_same_yaml(tmp_path / "ours", tmp_path / "theirs")
    roots = [tmp_path / "ours", tmp_path / "theirs"]
    ours, theirs = (sqlite_schema(root / "gen3.sqlite3") for root in roots)
    assert ours == theirs
    for root in roots:
        fill(root)
    ours, theirs = (sqlite_schema(root / "gen3.sqlite3") for root in roots)
    assert ours == theirs


@pytest.mark.parametrize(("universe", "managers"), CASES)
def test_postgresql(
    tmp_path: Path, postgres, universe: int, managers: dict, request: pytest.FixtureRequest
) -> None:
    name = request.node.callspec.id.replace("-", "_")
    spaces = [f"ours_{name}", f"theirs_{name}"]
    configs = [
        {"registry": {"managers": managers, "db": postgres.url, "namespace": namespace}} for namespace in spaces
    ]
    seed = write_seed(tmp_path, {"registry": {"managers": managers}})
    equerry(
        *("create", tmp_path / "ours", "--seed-config", seed, "--dimension-config", universe),
        *("--database", postgres.url, "--namespace", spaces[0]),
    )
    Butler.makeRepo(str(tmp_path / "theirs"), config=Config(configs[1]), dimensionConfig=universe_file(universe))
    texts = [(tmp_path / side / "butler.yaml").read_text() for side in ("ours", "theirs")]
    assert texts[0] == texts[1].replace("theirs_", "ours_")
    assert postgres_schema(postgres.url, spaces[0]) == postgres_schema(postgres.url, spaces[1])
    for side in ("ours", "theirs"):
        fill(tmp_path / side)
    assert postgres_schema(postgres.url, spaces[0]) == postgres_schema(postgres.url, spaces[1])


@pytest.mark.parametrize("override", [False, True], ids=["standard-places", "own-places"])
@pytest.mark.parametrize("name", SEEDS)
def test_seed(tmp_path: Path, name: str, override: bool) -> None:
    seed = write_seed(tmp_path, SEEDS[name])
    Butler.makeRepo(str(tmp_path / "theirs"), config=Config(str(seed)), forceConfigRoot=not override)
    equerry("create", tmp_path / "ours", "--seed-config", seed, *(["--override"] if override else []))
    assert_same_yaml(tmp_path / "ours", tmp_path / "theirs")


def test_seed_with_included_files(tmp_path: Path) -> None:
    (tmp_path / "store.yaml").write_text("datastore:\n  templates: !include templates.yaml\n")
    (tmp_path / "templates.yaml").write_text("default: '{run}/{id}'\n")
    (tmp_path / "more.yaml").write_text("registry:\n  origin: 3\nother: {a: 1, b: 2}\n")
    seed = tmp_path / "seed.yaml"
    seed.write_text("includeConfigs: more.yaml\ndatastore: !include store.yaml\nother: {b: 3}\n")
    Butler.makeRepo(str(tmp_path / "theirs"), config=Config(str(seed)))
    equerry("create", tmp_path / "ours", "--seed-config", seed)
    assert_same_yaml(tmp_path / "ours", tmp_path / "theirs")


def test_standalone(tmp_path: Path) -> None:
    seed = write_seed(tmp_path, SEEDS["own-templates"])
    Butler.makeRepo(str(tmp_path / "theirs"), config=Config(str(seed)), standalone=True)
    equerry("create", tmp_path / "ours", "--seed-config", seed, "--standalone")
    ours, theirs = (yaml.safe_load((tmp_path / side / "butler.yaml").read_text()) for side in ("ours", "theirs"))
    assert ours == theirs
    fill(tmp_path / "ours")


@pytest.mark.parametrize("suffix", ["yaml", "json"])
def test_outfile(tmp_path: Path, suffix: str) -> None:
    Butler.makeRepo(str(tmp_path / "side"), outfile=str(tmp_path / f"theirs.{suffix}"))
    theirs = (tmp_path / f"theirs.{suffix}").read_text()
    (tmp_path / "side/gen3.sqlite3").unlink()
    equerry("create", tmp_path / "side", "--outfile", tmp_path / f"ours.{suffix}")
    ours = (tmp_path / f"ours.{suffix}").read_text()
    if suffix == "json":
        ours, theirs = json.loads(ours), json.loads(theirs)
    assert ours == theirs
    fill(tmp_path / f"ours.{suffix}")


def test_dimensions_of_a_file(tmp_path: Path) -> None:
    text = Path(universe_file(8)).read_text()
    own = tmp_path / "dimensions.yaml"
    own.write_text(
        text.replace("namespace: daf_butler", "namespace: größe").replace("max_level: 24", "max_level: 12")
    )
    Butler.makeRepo(str(tmp_path / "theirs"), dimensionConfig=str(own))
    equerry("create", tmp_path / "ours", "--dimension-config", own)
    ours, theirs = (sqlite_schema(tmp_path / side / "gen3.sqlite3") for side in ("ours", "theirs"))
    assert ours == theirs
    fill(tmp_path / "ours")


def test_index(tmp_path: Path) -> None:
    equerry("create", tmp_path / "repo")
    fill(tmp_path / "repo")
    index = tmp_path / "index.yaml"
    index.write_text(f"survey: {tmp_path / 'repo'}\nother: /not/there\n")
    environments = [
        {"DAF_BUTLER_REPOSITORY_INDEX": str(index)},
        {"DAF_BUTLER_REPOSITORIES": json.dumps({"survey": str(tmp_path / "repo"), "other": "/not/there"})},
    ]
    for environment in environments:
        assert "first/run" in equerry("query-collections", "survey", env=environment).stdout
        unknown = equerry("query-collections", "surwey", env=environment, check=False)
        assert unknown.returncode == 1
        assert "other, survey" in unknown.stderr


def test_refusals_change_nothing(tmp_path: Path, postgres) -> None:
    root = tmp_path / "repo"
    equerry("create", root)
    before = {p: p.read_bytes() for p in root.iterdir()}
    again = equerry("create", root, check=False)
    assert (again.returncode, "already" in again.stderr) == (1, True)
    (root / "butler.yaml").rename(tmp_path / "aside.yaml")
    taken = equerry("create", root, check=False)
    assert (taken.returncode, "48 tables already" in taken.stderr) == (1, True)
    (tmp_path / "aside.yaml").rename(root / "butler.yaml")
    assert {p: p.read_bytes() for p in root.iterdir()} == before

    with psycopg.connect(postgres.url, autocommit=True) as connection:
        connection.execute("CREATE SCHEMA occupied")
        connection.execute("CREATE TABLE occupied.other (id INTEGER)")
    refused = equerry("create", tmp_path / "deep/er", "--database", postgres.url, "--namespace", "occupied", check=False)
    assert (refused.returncode, "1 tables already" in refused.stderr) == (1, True)
    assert not (tmp_path / "deep").exists()
    broken = write_seed(tmp_path, {"registry": {"managers": {"datasets": "their.Manager"}}})
    refused = equerry("create", tmp_path / "deep/er", "--seed-config", broken, check=False)
    assert (refused.returncode, "their.Manager" in refused.stderr) == (1, True)
    assert not (tmp_path / "deep").exists()


def test_stock_package_reads_a_repository_without_records(tmp_path: Path) -> None:
    equerry("create", tmp_path / "repo")
    with Butler.from_config(str(tmp_path / "repo")) as butler:
        assert butler.collections.query("*") == []
    connection = sqlite3.connect(tmp_path / "repo/gen3.sqlite3")
    assert connection.execute("SELECT count(*) FROM opaque_meta").fetchall() == [(0,)]
    connection.close()
