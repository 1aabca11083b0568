"""Random questions get the stock package's answers; see differential.py for longer runs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from differential import ENGINES, Comparison, label
from random_question import JoinDatasets, JoinDimensions, Leaf, Question, Result, Several, Where, WhereInQuery
from random_repository import RandomRepository
from servers import Repository, Server

SEED = 3
QUESTIONS = 150


def where(text: str, **bind: object) -> Where:
    return Where(Leaf(text, tuple(bind.items())))


# Questions whose answers once differed.
FOUND = {
    "an alternate key of a governor that is not compared": Question(
        (where("skymap.hash = NULL"),), Result("dimension_records", ("day_obs",))
    ),
    "a governor in a bound list": Question(
        (where("skymap IN (:x) AND tract = 1", x=["SkyA", "SkyB"]),), Result("dimension_records", ("patch",))
    ),
    "two faults in one condition": Question(
        (
            Where(
                Several(
                    "AND",
                    (
                        Leaf("exposure.timespan OVERLAPS visit.timespan"),
                        Leaf("(visit.region OVERLAPS tract.region) OR (instrument = 'CamA')"),
                    ),
                )
            ),
        ),
        Result("data_ids", (("visit",),)),
    ),
    "a dataset in several collections, ordered by its timespan": Question(
        (JoinDimensions(("instrument",)),),
        Result("datasets", ("table", ("chain/nested", "run/three")), (("find_first", False),)),
        order=("table.timespan.begin",),
    ),
    "data IDs of datasets with several validity ranges": Question(
        (JoinDatasets("flat", ("calib/b",)),), Result("data_ids", (("detector", "physical_filter"),))
    ),
    "the same beside a search of several collections": Question(
        (JoinDatasets("bias", ("calib/a",)), JoinDatasets("camera", ("chain/nested", "run/two"))),
        Result("data_ids", (("detector",),)),
    ),
    "records beside a calibration search": Question(
        (JoinDatasets("bias", ("calib/b",)),), Result("dimension_records", ("detector",))
    ),
    "records that are not cached beside a calibration search": Question(
        (JoinDatasets("bias", ("calib/b",)),), Result("dimension_records", ("visit_detector_region",))
    ),
    "a dataset with several validity ranges": Question(
        (), Result("datasets", ("flat", ("calib/b",)), (("find_first", False),))
    ),
    "a range from a negative number": Question(
        (where("exposure.seq_num IN (-1..3:2)"),), Result("data_ids", (("exposure",),))
    ),
    "datasets without dimensions as a constraint": Question(
        (JoinDatasets("notes", ("chain/nested",)),),
        Result("datasets", ("flat", ("run/three", "calib/b")), (("find_first", True),)),
    ),
    "a doomed query that cannot be planned": Question(
        (
            JoinDatasets("flat", ("run/empty",)),
            where("skymap = 'SkyA'"),
            WhereInQuery("tract", (JoinDimensions(("tract",)), where("patch.region OVERLAPS tract.region"))),
        ),
        Result("data_ids", (("detector", "tract"),)),
        ask="any",
        options=(("execute", True), ("exact", True)),
    ),
    "validity ranges that overlap themselves": Question(
        (JoinDatasets("fringe", ("calib/b",)), where("fringe.timespan OVERLAPS fringe.timespan")),
        Result("data_ids", (("detector", "band"),)),
    ),
}


@pytest.fixture(scope="module", params=ENGINES)
def comparison(request: pytest.FixtureRequest, folder: Path) -> Iterator[Comparison]:
    name = label(request.param, SEED)
    root = folder / name
    database = request.getfixturevalue("postgres").url if request.param == "postgresql" else None
    RandomRepository(SEED, root, database)
    server = Server(folder, {name: root}, name=name)
    compared = Comparison(request.param, SEED, Repository(name, root, server.url(name)))
    yield compared
    compared.close()
    server.stop()


@pytest.mark.parametrize("name", FOUND)
def test_questions_that_differed_once(comparison: Comparison, name: str) -> None:
    found = comparison.ask(FOUND[name])
    assert found is None, str(found)


def test_random_questions(comparison: Comparison) -> None:
    found = list(comparison.run(range(QUESTIONS)))
    assert not found, "\n\n".join(map(str, found))
    assert comparison.tally["answered with rows"] > QUESTIONS / 4
