"""The same exceptions as from the direct butler."""

from __future__ import annotations

import uuid

import pytest
from servers import Repository

from lsst.daf.butler import (
    DataIdValueError,
    DatasetNotFoundError,
    DatasetTypeExpressionError,
    DimensionNameError,
    InconsistentDataIdError,
    InvalidQueryError,
    MissingCollectionError,
    MissingDatasetTypeError,
)
from lsst.daf.butler._exceptions import DimensionValueError, UnimplementedQueryError

CAMERA = {"instrument": "LarkCam"}
VISIT = {**CAMERA, "visit": 2026031400003}

ERRORS = {
    "find in an unknown collection": (
        MissingCollectionError,
        lambda b: b.find_dataset("visit_summary", VISIT, collections="nosuch"),
    ),
    "query an unknown collection": (
        MissingCollectionError,
        lambda b: b.query_datasets("visit_summary", "nosuch", explain=False),
    ),
    "summary of an unknown collection": (
        MissingCollectionError,
        lambda b: b.registry.getCollectionSummary("nosuch"),
    ),
    "info of an unknown collection": (MissingCollectionError, lambda b: b.collections.get_info("nosuch")),
    "collection with a slash and Unicode": (
        MissingCollectionError,
        lambda b: b.registry.getCollectionSummary("u/some one/run é+1%2F..\u0001"),
    ),
    "unknown dataset type": (MissingDatasetTypeError, lambda b: b.get_dataset_type("nosuch")),
    "find an unknown dataset type": (MissingDatasetTypeError, lambda b: b.find_dataset("nosuch", VISIT)),
    "query an unknown dataset type": (
        MissingDatasetTypeError,
        lambda b: b.query_datasets("nosuch", "meadow/latest", explain=False),
    ),
    "get nothing": (DatasetNotFoundError, lambda b: b.get("visit_summary", {**CAMERA, "visit": 1})),
    "unknown instrument": (
        DatasetNotFoundError,
        lambda b: b.get("visit_summary", {"instrument": "nosuch", "visit": 2026031400003}),
    ),
    "missing key": (DimensionNameError, lambda b: b.find_dataset("visit_image", VISIT)),
    "unknown key": (DimensionValueError, lambda b: b.find_dataset("visit_summary", {**VISIT, "nosuch": 1})),
    "unknown record value": (  # an internal error of the stock server
        DimensionValueError,
        lambda b: b.find_dataset("visit_summary", {**CAMERA, "visit.nosuch": 1}),
    ),
    "ambiguous record value": (
        DimensionValueError,
        lambda b: b.find_dataset("visit_summary", {**CAMERA, "visit.target_name": "meadow-0"}),
    ),
    "no such visit": (DataIdValueError, lambda b: b.registry.expandDataId(CAMERA, visit=1)),
    "visit not by that name": (
        DimensionValueError,
        lambda b: b.find_dataset("visit_summary", {**CAMERA, "visit": "nosuch"}),
    ),
    "record value contradicts the key": (
        DimensionValueError,
        lambda b: b.find_dataset("visit_summary", {**VISIT, "visit.seq_num": 9}),
    ),
    "contradiction": (
        InconsistentDataIdError,
        lambda b: b.registry.expandDataId(VISIT, exposure=2026031400004),
    ),
    "dataset type expression": (DatasetTypeExpressionError, lambda b: b.registry.queryDatasetTypes("bias.wcs")),
    "invalid expression": (
        InvalidQueryError,
        lambda b: b.query_data_ids(["visit"], where="visit.nosuch = 3 AND instrument = 'LarkCam'"),
    ),
}


@pytest.mark.parametrize("what", ERRORS)
def test_errors(demo: Repository, what: str) -> None:
    expected, act = ERRORS[what]
    with pytest.raises(expected) as ours:
        act(demo.remote())
    assert type(ours.value) is expected
    assert "java" not in str(ours.value)


def test_unknown_dataset_id(demo: Repository) -> None:
    remote = demo.remote()
    assert remote.get_dataset(uuid.uuid4()) is None
    ref = remote.find_dataset("visit_summary", VISIT)
    with pytest.raises(DatasetNotFoundError):
        remote.get(ref.replace(id=uuid.uuid4()))


def test_find_is_none(demo: Repository) -> None:
    remote = demo.remote()
    assert remote.find_dataset("visit_summary", {**CAMERA, "visit": 1}) is None
    assert remote.find_dataset("visit_summary", VISIT, collections=[]) is None
    assert remote.find_dataset("visit_summary", VISIT, collections="LarkCam/raw/all") is None


def test_spatial_condition_under_or(demo: Repository) -> None:
    where = "instrument = 'LarkCam' AND (visit.region OVERLAPS POINT(40, -12) OR visit = 1)"
    for butler in (demo.remote(), demo.direct):
        with pytest.raises(UnimplementedQueryError):
            butler.query_data_ids(["visit"], where=where, explain=False)


def test_queries_in_the_middle_of_others(demo: Repository) -> None:
    """An error in one query leaves the next one alone."""
    remote = demo.remote()
    for _ in range(30):
        with pytest.raises(MissingCollectionError):
            remote.query_datasets("visit_summary", "nosuch", explain=False)
        assert len(remote.query_datasets("visit_summary", "meadow/latest")) == 5
