"""The ObsCore table is kept as the stock package keeps it.

The rows of each test are compared with those that the stock package makes of the
same datasets, on SQLite and PostgreSQL, for runs and for a TAGGED collection, and
with the columns of pgSphere where the server has it.
"""

from __future__ import annotations

import json
from pathlib import Path

import obscore
import pytest
import yaml
from commands import equerry
from obscore import RUNS, TAG, Kept
from postgres import Postgres

from lsst.daf.butler import Butler


@pytest.fixture(params=["sqlite", "postgresql", "pgsphere"])
def engine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == "sqlite":
        return ""
    postgres: Postgres = request.getfixturevalue("postgres")
    if request.param == "pgsphere":
        if not postgres.offers("pg_sphere"):
            pytest.skip("NO PGSPHERE: install postgresql-N-pgsphere beside the server")
        monkeypatch.setattr(obscore, "spatial_plugins", obscore.PGSPHERE)
    return postgres.url


@pytest.fixture(params=["RUN", "TAGGED"])
def kept(request: pytest.FixtureRequest, engine: str, tmp_path: Path) -> Kept:
    """A repository whose rows the stock package has made."""
    return obscore.make(tmp_path / "repository", request.param, engine)


def test_missing_rows_are_made_as_the_stock_package_makes_them(kept: Kept) -> None:
    expected = kept.rows()
    assert len(expected) > 50
    kept.delete()
    told = equerry("obscore", "update", kept.root, "--dry-run").stdout
    assert told == f"{len(expected)} rows are missing. Nothing was changed.\n"
    assert kept.rows() == {}
    assert equerry("obscore", "update", kept.root).stdout == f"{len(expected)} rows were added.\n"
    assert kept.rows() == expected
    assert equerry("obscore", "update", kept.root).stdout == "0 rows were added.\n"


def test_table_that_comes_later_is_that_of_a_new_repository(engine: str, tmp_path: Path) -> None:
    later = obscore.make(tmp_path / "later", "NONE", engine)
    config = tmp_path / "obscore.yaml"
    config.write_text(yaml.safe_dump(obscore.configuration("RUN"), sort_keys=False))
    assert "no ObsCore table" in equerry("obscore", "update", later.root, check=False).stderr
    equerry("obscore", "configure", later.root, "--config", config)
    equerry("obscore", "update", later.root)
    ours = later.rows()
    assert len(ours) > 50
    assert ours == later.rows_of_stock()
    first = obscore.make(tmp_path / "first", "RUN", engine)
    assert later.definition() == first.definition()
    assert later.attributes() == first.attributes()
    again = equerry("obscore", "configure", later.root, "--config", config)
    assert "has this ObsCore table already" in again.stderr
    config.write_text(json.dumps({**obscore.configuration("RUN"), "version": 9}))
    other = equerry("obscore", "configure", later.root, "--config", config, check=False)
    assert other.returncode == 1
    assert "another configuration" in other.stderr


def test_association_adds_rows(engine: str, tmp_path: Path) -> None:
    kept = obscore.make(tmp_path / "repository", "TAGGED", engine)
    with Butler.from_config(str(kept.root), writeable=True) as butler:
        butler.registry.disassociate(TAG, list(butler.registry.queryDatasets(..., collections=TAG)))
    assert kept.rows() == {}
    equerry("associate", kept.root, TAG, "--collections", RUNS[1])
    ours = kept.rows()
    assert len(ours) > 20
    assert ours == kept.rows_of_stock()
    equerry("prune-datasets", kept.root, "--disassociate", TAG, "--datasets", "raw", "--no-confirm", TAG)
    assert kept.rows() == {key: row for key, row in ours.items() if row["dataproduct_subtype"] != "lsst.raw"}


def test_datasets_have_rows_from_their_begin_to_their_end(engine: str, tmp_path: Path) -> None:
    kept = obscore.make(tmp_path / "repository", "RUN", engine)
    before = kept.rows()
    data = tmp_path / "data.json"
    data.write_text("{}")
    for run in ("survey/run2", "private/run"):
        equerry("put", kept.root, data, "calexp", run, "instrument=Cam1", "visit=2", "detector=4", check=False)
        equerry("prune-datasets", kept.root, "--purge", run, "--datasets", "coadd", run, "--no-confirm")
    after = kept.rows()
    assert {row["lsst_run"] for row in after.values() if row["calib_level"] == 3} <= {"survey/run1", "survey/run2"}
    assert len(after) < len(before)
    assert after == kept.rows_of_stock()


def test_imported_visits_tell_where_exposures_lie(engine: str, tmp_path: Path) -> None:
    """What one repository of the stock package exports makes the same rows here."""
    source = obscore.make(tmp_path / "source", "RUN", engine, filled=False)
    seed = tmp_path / "seed.yaml"
    seed.write_text(yaml.safe_dump(source.seed(), sort_keys=False))
    target = source.beside(tmp_path / "target")
    equerry("create", target.root, "--seed-config", seed, "--override")
    first, second = tmp_path / "first.yaml", tmp_path / "second.yaml"
    with Butler.from_config(str(source.root), writeable=True) as butler:
        obscore.put_around_visits(butler, lambda: obscore.export_exposures(butler, first))
        obscore.export_visits(butler, second)
    for document in (first, second):
        equerry("import", target.root, tmp_path, "--export-file", document, "--skip-files")
    expected = source.rows()
    assert sum(row["s_region"] is not None for row in expected.values()) > 5
    assert target.rows() == expected
    assert target.rows_of_stock() == expected
