"""Repositories of every universe and of the old schema, all behind one server."""

from __future__ import annotations

import variants
from astropy.time import Time
from servers import Repository

from lsst.daf.butler import CollectionType, Timespan

CAMERA = {"instrument": variants.INSTRUMENT}


def test_universe_is_that_of_the_repository(variant: Repository) -> None:
    ours, theirs = variant.remote().dimensions, variant.direct.dimensions
    assert (ours.namespace, ours.version) == (theirs.namespace, theirs.version)
    assert ours.elements.names == theirs.elements.names
    for element in theirs.elements:
        assert ours[element.name].required.names == element.required.names
        assert ours[element.name].implied.names == element.implied.names


def test_get(variant: Repository) -> None:
    remote = variant.remote()
    version = variant.direct.dimensions.version
    assert remote.get("notes", CAMERA) == {"name": "notes", "universe": version}
    measured = {**CAMERA, "visit": variants.VISIT, "detector": 1}
    assert remote.get("measurement", measured) == {"name": "measurement", "universe": version}
    assert remote.find_dataset("measurement", measured) == variant.direct.find_dataset("measurement", measured)


def test_tagged_and_calibration_collections(variant: Repository) -> None:
    remote = variant.remote()
    assert remote.find_dataset("notes", CAMERA, collections=variants.TAGGED) is not None
    bias = {**CAMERA, "detector": 1}
    moments = [Time(f"20{year}-06-01", scale="tai", format="iso") for year in (19, 21)]
    found = [
        remote.find_dataset("bias", bias, collections=variants.CALIBRATION, timespan=Timespan.fromInstant(t))
        for t in moments
    ]
    assert found[0] is None
    assert found[1] == variant.direct.find_dataset("bias", bias, collections=variants.RUN)


def test_records(variant: Repository) -> None:
    remote = variant.remote()
    for element in ("instrument", "visit", "exposure", "detector", "physical_filter"):
        assert remote.query_dimension_records(element, explain=False) == variant.direct.query_dimension_records(
            element, explain=False
        )


def test_datasets(variant: Repository) -> None:
    options = {"find_first": False, "explain": False, "with_dimension_records": True}
    for name in ("notes", "measurement", "bias"):
        ours = variant.remote().query_datasets(name, variants.RUN, **options)
        assert set(ours) == set(variant.direct.query_datasets(name, variants.RUN, **options))
        assert len(ours) == 1


def test_ingest_date(variant: Repository) -> None:
    """Two forms in the database, one on the wire."""

    def answer(butler) -> list[str]:
        with butler.query() as query:
            rows = query.join_dataset_search("notes", variants.RUN).general(
                ["instrument"], dataset_fields={"notes": {"ingest_date"}}, find_first=False
            )
            # The direct butler returns a datetime where the schema holds one.
            return [Time(row["notes.ingest_date"], precision=0).isot[:19] for row in rows]

    assert len(answer(variant.remote())) == 1
    assert answer(variant.remote()) == answer(variant.direct)
    for where, count in (("notes.ingest_date > T'2020-01-02'", 1), ("notes.ingest_date > T'2020-01-04'", 0)):
        refs = variant.remote().query_datasets("notes", variants.RUN, where=where, explain=False)
        assert len(refs) == count


def test_collections(variant: Repository) -> None:
    ours = variant.remote().collections.query_info("*", include_summary=True, include_doc=True, include_parents=True)
    theirs = variant.direct.collections.query_info("*", include_summary=True, include_doc=True, include_parents=True)
    assert sorted(ours, key=lambda i: i.name) == sorted(theirs, key=lambda i: i.name)
    assert {i.type for i in ours} == set(CollectionType)
