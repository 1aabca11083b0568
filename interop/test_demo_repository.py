"""The demo repository through the server equals the one read directly."""

from __future__ import annotations

import pytest
from comparison import assert_same, read_image
from servers import Repository

from lsst.daf.butler import CalibrationLookupError, CollectionType, DatasetExistence, DatasetNotFoundError, DatasetRef, Timespan

# What demo/meadow_survey.py makes: datasets of each type in all runs.
DATASETS = {
    "bias": 4,
    "camera": 1,
    "dark": 2,
    "deep_coadd": 16,
    "difference_image": 1,
    "flat": 4,
    "meadow_reference_stars": 10,
    "object_table": 2,
    "quality_report": 5,
    "raw": 10,
    "source_table": 6,
    "survey_description": 1,
    "visit_image": 12,
    "visit_summary": 6,
}
RUNS = {
    "LarkCam/raw/all",
    "LarkCam/calib/2026a/gen",
    "LarkCam/calib/2026b/gen",
    "refcats",
    "meadow/runs/first",
    "meadow/runs/second",
}
CAMERA = {"instrument": "LarkCam"}
LAST_VISIT = 2026031500004
FIRST_VISIT = 2026031400003


def refs_of(butler, dataset_type: str) -> list[DatasetRef]:
    return butler.query_datasets(
        dataset_type, collections=sorted(RUNS), find_first=False, limit=None, explain=False, with_dimension_records=True
    )


@pytest.mark.parametrize("dataset_type", DATASETS)
def test_datasets_of_a_type(demo: Repository, dataset_type: str) -> None:
    remote = demo.remote()
    assert remote.get_dataset_type(dataset_type) == demo.direct.get_dataset_type(dataset_type)
    ours, theirs = refs_of(remote, dataset_type), refs_of(demo.direct, dataset_type)
    assert len(ours) == DATASETS[dataset_type]
    assert set(ours) == set(theirs)
    records = {ref.id: {e: ref.dataId.records[e] for e in ref.dataId.dimensions.elements} for ref in theirs}
    for ref in ours:
        assert {e: ref.dataId.records[e] for e in ref.dataId.dimensions.elements} == records[ref.id]


@pytest.mark.parametrize("dataset_type", [t for t in DATASETS if t != "difference_image"])
def test_files_of_a_type(demo: Repository, dataset_type: str) -> None:
    remote = demo.remote()
    for ref in refs_of(demo.direct, dataset_type):
        uri = remote.getURI(ref)
        assert uri.scheme == "http"
        own = demo.direct.getURI(ref)
        assert uri.read() == own.read()
        assert uri.size() == own.size()
        assert remote.exists(ref)
        if read_image is not None or "Image" not in ref.datasetType.storageClass_name:
            assert_same(remote.get(ref), demo.direct.get(ref))


def test_dataset_without_a_file(demo: Repository) -> None:
    remote = demo.remote()
    (ref,) = refs_of(remote, "difference_image")
    assert remote.exists(ref) is DatasetExistence.RECORDED
    with pytest.raises(DatasetNotFoundError):
        remote.get(ref)
    with pytest.raises(DatasetNotFoundError):
        remote.get("difference_image", CAMERA, visit=FIRST_VISIT, detector=0)


def test_components(demo: Repository) -> None:
    pytest.importorskip("lsst.images", reason="N/A: lsst-images needs Python 3.12")
    data_id = {**CAMERA, "visit": FIRST_VISIT, "detector": 1}
    remote = demo.remote()
    for component in ("bbox", "sky_projection", "image"):
        name = f"visit_image.{component}"
        assert_same(remote.get(name, data_id), demo.direct.get(name, data_id))


def test_chain_is_searched_in_order(demo: Repository) -> None:
    remote = demo.remote()
    data_id = {**CAMERA, "visit": LAST_VISIT}
    assert remote.find_dataset("visit_summary", data_id).run == "meadow/runs/second"
    assert remote.get("visit_summary", data_id)["zero_point"] == 27.5
    assert remote.get("visit_summary", data_id, collections="meadow/runs/first")["zero_point"] == 27.0
    assert remote.find_dataset("visit_summary", {**CAMERA, "visit": FIRST_VISIT}).run == "meadow/runs/first"


def test_calibrations_by_time(demo: Repository) -> None:
    remote = demo.remote()
    for visit, run in ((FIRST_VISIT, "LarkCam/calib/2026a/gen"), (LAST_VISIT, "LarkCam/calib/2026b/gen")):
        exposure = remote.registry.expandDataId(CAMERA, exposure=visit)
        ref = remote.find_dataset("bias", {**CAMERA, "detector": 0}, timespan=exposure.timespan)
        assert ref.run == run
        # The exposure gives the time.
        uri = remote.getURI("bias", {**CAMERA, "detector": 0, "exposure": visit})
        assert uri.basename() == demo.direct.getURI(ref).basename()
    with pytest.raises(CalibrationLookupError):
        remote.find_dataset("bias", {**CAMERA, "detector": 0}, timespan=Timespan(None, None))
    flat = remote.find_dataset("flat", {**CAMERA, "detector": 1, "physical_filter": "lark-r"}, timespan=Timespan(None, None))
    assert flat.run == "LarkCam/calib/2026a/gen"


def test_data_ids_by_record_values(demo: Repository) -> None:
    remote = demo.remote()
    by_name = remote.find_dataset(
        "visit_image", {**CAMERA, "visit.name": "LC_20260314_000003", "detector.full_name": "S1"}
    )
    assert by_name.dataId["visit"] == FIRST_VISIT
    assert by_name.dataId["detector"] == 1
    by_number = remote.find_dataset("raw", {**CAMERA, "exposure.day_obs": 20260315, "exposure.seq_num": 4, "detector": 0})
    assert by_number.dataId["exposure"] == LAST_VISIT
    expanded = remote.registry.expandDataId(CAMERA, visit=FIRST_VISIT)
    assert (expanded["band"], expanded["day_obs"], expanded["physical_filter"]) == ("g", 20260314, "lark-g")
    assert expanded.records["visit"] == demo.direct.registry.expandDataId(CAMERA, visit=FIRST_VISIT).records["visit"]


def test_collections(demo: Repository) -> None:
    remote = demo.remote()
    ours = remote.collections.query_info("*", include_parents=True, include_summary=True, include_doc=True)
    theirs = demo.direct.collections.query_info("*", include_parents=True, include_summary=True, include_doc=True)
    by_name = {info.name: info for info in theirs}
    assert {info.name for info in ours} == set(by_name)
    for info in ours:
        assert info == by_name[info.name]
    assert {info.name for info in ours if info.type is CollectionType.RUN} == RUNS
    latest = remote.collections.get_info("meadow/latest")
    assert latest.children == ("meadow/runs/second", "meadow/runs/first", "LarkCam/defaults")
    assert set(remote.collections.query("meadow/*", flatten_chains=True)) >= {"refcats", "LarkCam/calib"}
    for name in by_name:
        assert remote.registry.getCollectionSummary(name) == demo.direct.registry.getCollectionSummary(name)


def test_dataset_types(demo: Repository) -> None:
    remote = demo.remote()
    assert {t.name for t in remote.registry.queryDatasetTypes()} == set(DATASETS)
    assert {t.name for t in remote.registry.queryDatasetTypes("visit_*")} == {"visit_image", "visit_summary"}


def test_all_datasets(demo: Repository) -> None:
    options = {"name": "*", "find_first": False, "limit": None}
    ours = set(demo.remote().query_all_datasets("*", **options))
    assert ours == set(demo.direct.query_all_datasets("*", **options))
    assert len({ref.id for ref in ours}) == sum(DATASETS.values())
    where = {
        "name": ["visit_*", "source_table", "quality_report"],
        "find_first": True,
        "where": "visit = :v AND instrument = 'LarkCam'",
        "bind": {"v": LAST_VISIT},
    }
    ours = set(demo.remote().query_all_datasets("meadow/latest", **where))
    assert ours == set(demo.direct.query_all_datasets("meadow/latest", **where))
    assert {ref.datasetType.name for ref in ours} == {"visit_image", "source_table", "visit_summary", "quality_report"}
