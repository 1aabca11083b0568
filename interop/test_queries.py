"""Queries give what the direct butler gives."""

from __future__ import annotations

import pytest
from astropy.time import Time
from servers import Repository

from lsst.daf.butler import Butler, DimensionRecord, InvalidQueryError

CAMERA = "instrument = 'LarkCam'"

# Where clauses over visits and the number of the five visits that they keep.
VISIT_WHERES = {
    "": 5,
    CAMERA: 5,
    f"{CAMERA} AND day_obs = 20260315": 3,
    f"{CAMERA} AND visit.seq_num IN (2..4)": 5,
    f"{CAMERA} AND visit.seq_num IN (2..4:2)": 3,
    f"{CAMERA} AND visit.seq_num % 2 = 1": 2,
    f"{CAMERA} AND NOT (band = 'r')": 3,
    f"{CAMERA} AND (band = 'r' OR visit.seq_num > 3)": 3,
    f"{CAMERA} AND visit.name IN ('LC_20260314_000003', 'nosuch')": 1,
    f"{CAMERA} AND visit.exposure_time * 2.0 + 1.0 > 60.5": 5,
    f"{CAMERA} AND -visit.zenith_angle <= -34.0": 2,
    f"{CAMERA} AND visit.timespan.begin < T'2026-03-15T12:00:00/tai'": 2,
    f"{CAMERA} AND visit.timespan OVERLAPS (T'2026-03-16T00:00:00/tai', T'2026-03-16T01:30:00/tai')": 2,
    f"{CAMERA} AND visit.target_name = 'meadow-1'": 2,
    f"{CAMERA} AND visit.azimuth != 180.0": 0,
    f"{CAMERA} AND visit = 1": 0,
}

ORDERS = [("visit",), ("-visit.timespan.begin",), ("physical_filter", "-visit.seq_num"), ("-visit.zenith_angle", "visit")]


def visits(butler: Butler, where: str = "", **options) -> list[DimensionRecord]:
    return butler.query_dimension_records("visit", where=where, explain=False, **options)


@pytest.mark.parametrize("where", VISIT_WHERES)
def test_where(demo: Repository, where: str) -> None:
    ours = visits(demo.remote(), where)
    assert len(ours) == VISIT_WHERES[where]
    assert {r.dataId for r in ours} == {r.dataId for r in visits(demo.direct, where)}


@pytest.mark.parametrize("order", ORDERS, ids=",".join)
@pytest.mark.parametrize("limit", [None, 0, 2, 5, 6])
def test_order_and_limit(demo: Repository, order: tuple[str, ...], limit: int | None) -> None:
    options = {"order_by": order, "limit": limit}
    assert visits(demo.remote(), **options) == visits(demo.direct, **options)


def test_binds(demo: Repository) -> None:
    where = "instrument = cam AND visit IN (those) AND visit.timespan.end > moment"
    bind = {"cam": "LarkCam", "those": [2026031400003, 2026031500004], "moment": Time("2026-03-15T12:00:00", scale="tai")}
    (record,) = visits(demo.remote(), where, bind=bind)
    assert record == visits(demo.direct, where, bind=bind)[0]


@pytest.mark.parametrize("element", ["instrument", "detector", "exposure", "physical_filter", "band", "day_obs", "group",
                                     "skymap", "tract", "patch", "visit_detector_region", "visit_definition",
                                     "visit_system", "visit_system_membership"])  # fmt: skip
def test_records_of_an_element(demo: Repository, element: str) -> None:
    ours = demo.remote().query_dimension_records(element, explain=False)
    theirs = demo.direct.query_dimension_records(element, explain=False)
    assert ours
    by_id = {r.dataId: r for r in theirs}
    assert {r.dataId for r in ours} == set(by_id)
    for record in ours:
        assert record == by_id[record.dataId]


def test_data_ids(demo: Repository) -> None:
    for dimensions, where in (
        (["detector", "physical_filter"], CAMERA),
        (["visit", "detector"], f"{CAMERA} AND band = 'g'"),
        (["tract", "patch", "band"], "skymap = 'meadow_v1' AND tract = 1 AND instrument = 'LarkCam'"),
        (["exposure", "visit"], CAMERA),
        ([], ""),
    ):
        ours = demo.remote().query_data_ids(dimensions, where=where, with_dimension_records=True, explain=False)
        theirs = demo.direct.query_data_ids(dimensions, where=where, explain=False)
        assert sorted(map(str, ours)) == sorted(map(str, theirs))
        assert all(d.hasRecords() for d in ours)


def test_datasets(demo: Repository) -> None:
    for dataset_type, collections, where in (
        ("visit_image", "meadow/latest", ""),
        ("visit_image", "meadow/runs/*", "instrument = 'LarkCam' AND visit.seq_num = 4"),
        ("deep_coadd", "meadow/best", ""),
        ("deep_coadd", "meadow/latest", "skymap = 'meadow_v1' AND tract = 0 AND patch IN (1, 3) AND band = 'r'"),
        ("meadow_reference_stars", "refcats", ""),
        ("survey_description", "meadow/latest", ""),
        ("raw", "LarkCam/defaults", "instrument = 'LarkCam' AND exposure.observation_type = 'science'"),
    ):
        for find_first in (False, True):
            if find_first and "*" in collections:
                continue
            options = {"collections": collections, "where": where, "find_first": find_first, "explain": False}
            ours = demo.remote().query_datasets(dataset_type, **options)
            theirs = demo.direct.query_datasets(dataset_type, **options)
            assert theirs
            assert sorted(map(str, ours)) == sorted(map(str, theirs))
            assert {r.id for r in ours} == {r.id for r in theirs}


def test_find_first_prefers_the_newer_run(demo: Repository) -> None:
    refs = demo.remote().query_datasets("visit_summary", "meadow/latest", with_dimension_records=True)
    assert len(refs) == 5
    assert [r.run for r in refs if r.dataId["visit"] == 2026031500004] == ["meadow/runs/second"]


def test_calibrations(demo: Repository) -> None:
    def answer(butler: Butler) -> list[tuple]:
        with butler.query() as query:
            result = query.join_dataset_search("bias", "LarkCam/calib").general(
                ["detector"],
                dataset_fields={"bias": {"dataset_id", "run", "collection", "timespan", "ingest_date"}},
                find_first=False,
            )
            return sorted(
                (r["detector"], r["bias.dataset_id"], r["bias.run"], r["bias.collection"], str(r["bias.timespan"]))
                for r in result
            )

    ours = answer(demo.remote())
    assert len(ours) == 4
    assert ours == answer(demo.direct)
    where = {"where": "instrument = 'LarkCam' AND detector = 1", "find_first": False, "explain": False}
    assert len(demo.remote().query_datasets("bias", "LarkCam/calib", **where)) == 2


def test_general_rows(demo: Repository) -> None:
    def answer(butler: Butler) -> list[str]:
        with butler.query() as query:
            rows = (
                query.where(CAMERA)
                .join_dataset_search("visit_image", "meadow/runs/first")
                .general(
                    ["visit", "detector"],
                    dimension_fields={"visit": {"name", "exposure_time", "timespan", "region"}, "detector": {"full_name"}},
                    dataset_fields={"visit_image": {"run", "dataset_id"}},
                    find_first=True,
                )
                .order_by("visit", "-detector")
            )
            return [str(sorted((k, str(v)) for k, v in row.items())) for row in rows]

    ours = answer(demo.remote())
    assert len(ours) == 10
    assert ours == answer(demo.direct)


def test_uploaded_data_ids(demo: Repository) -> None:
    def answer(butler: Butler) -> list[str]:
        some = [butler.registry.expandDataId(instrument="LarkCam", visit=v) for v in (2026031400003, 2026031500003)]
        with butler.query() as query:
            joined = query.join_data_coordinates(some).join_dataset_search("source_table", "meadow/latest")
            return sorted(map(str, joined.datasets("source_table", "meadow/latest")))

    assert len(answer(demo.remote())) == 2
    assert answer(demo.remote()) == answer(demo.direct)


def test_materialized_query(demo: Repository) -> None:
    def answer(butler: Butler) -> list[str]:
        with butler.query() as query:
            kept = query.where("instrument = 'LarkCam' AND visit.seq_num > 2").join_dimensions(["visit"]).materialize()
            return sorted(map(str, kept.data_ids(["visit"])))

    assert len(answer(demo.remote())) == 4
    assert answer(demo.remote()) == answer(demo.direct)


def test_count_any_explain(demo: Repository) -> None:
    for butler in (demo.remote(), demo.direct):
        with butler.query() as query:
            found = query.where(CAMERA).data_ids(["visit"])
            assert found.count() == 5
            assert found.any(execute=True, exact=True)
            none = query.where(f"{CAMERA} AND visit.seq_num > 99").data_ids(["visit"])
            assert none.count() == 0
            assert not none.any(execute=True, exact=True)
            doomed = query.datasets("raw", "meadow/runs/second")
            assert doomed.count() == 0
            assert list(doomed.explain_no_results()) == [
                "Search for dataset type 'raw' in ['meadow/runs/second'] is doomed to fail.",
                "No datasets of type 'raw' in collection 'meadow/runs/second'.",
            ]


def test_governor_must_be_constrained(demo: Repository) -> None:
    with pytest.raises(InvalidQueryError, match="without constraining it directly"):
        demo.remote(inferDefaults=False).query_dimension_records("visit", where="visit = 2026031400003", explain=False)


# Dimensions whose elements are joined by their regions, and the rest of a where clause.
SPATIAL_JOINS = [
    (["visit", "tract"], ""),
    (["visit", "detector", "patch"], ""),
    (["visit", "detector", "tract"], " AND tract = 0"),
    (["visit", "htm7"], ""),
    (["patch", "htm7"], " AND tract = 1"),
    (["visit"], " AND patch.region OVERLAPS visit.region AND tract = 0 AND patch = 1"),
]

REGIONS = [
    "POINT(40.0, -12.0)",
    "CIRCLE(40.0, -12.0, 0.05)",
    "BOX(40.0, -12.0, 0.3, 0.1)",
    "POLYGON(39.9, -12.1, 40.1, -12.1, 40.0, -11.9)",
    "REGION('CIRCLE 40 -12 0.1')",
    "REGION('RANGE 39.9 40.05 -12.1 -11.9')",
    "POINT(180.0, 80.0)",
]


@pytest.mark.parametrize(("dimensions", "where"), SPATIAL_JOINS)
def test_spatial_joins(demo: Repository, dimensions: list[str], where: str) -> None:
    where = f"{CAMERA} AND skymap = 'meadow_v1'{where}"
    ours, theirs = (
        b.query_data_ids(dimensions, where=where, explain=False, limit=None) for b in (demo.remote(), demo.direct)
    )
    assert theirs
    assert sorted(map(str, ours)) == sorted(map(str, theirs))


# Elements with regions: dimensions to ask for, and what fixes their governor.
REGION_ELEMENTS = {
    "visit": (["visit"], CAMERA),
    "visit_detector_region": (["visit", "detector"], CAMERA),
    "patch": (["patch"], "skymap = 'meadow_v1'"),
    "tract": (["tract"], "skymap = 'meadow_v1'"),
    "htm7": (["htm7", "tract"], "skymap = 'meadow_v1'"),
}


@pytest.mark.parametrize("region", REGIONS)
@pytest.mark.parametrize("element", REGION_ELEMENTS)
def test_regions(demo: Repository, element: str, region: str) -> None:
    dimensions, governor = REGION_ELEMENTS[element]
    where = f"{governor} AND {element}.region OVERLAPS {region}"
    ours, theirs = (
        b.query_data_ids(dimensions, where=where, explain=False, limit=None) for b in (demo.remote(), demo.direct)
    )
    assert sorted(map(str, ours)) == sorted(map(str, theirs))


def test_datasets_over_a_patch(demo: Repository) -> None:
    where = f"{CAMERA} AND skymap = 'meadow_v1' AND tract = 0 AND patch = 1"
    options = {"collections": "meadow/latest", "where": where, "explain": False, "limit": None}
    ours = demo.remote().query_datasets("visit_image", **options)
    assert ours
    assert set(ours) == set(demo.direct.query_datasets("visit_image", **options))
