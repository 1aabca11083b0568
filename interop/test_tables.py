"""Answers in columns hold what the direct butler gives."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from uuid import UUID

import pyarrow
import pytest
from astropy.io.votable import parse_single_table
from http_client import Answer, post_json
from servers import Repository, Server
from tables import ARROW, table_request

from lsst.daf.butler import Butler, DimensionRecord, Timespan
from lsst.daf.butler.queries import Query
from lsst.sphgeom import Region

CSV = "text/csv"
VOTABLE = "application/x-votable+xml"
CAMERA = "instrument = 'LarkCam'"


def refs(query: Query, records: bool = False):
    result = query.where(CAMERA).datasets("visit_image", "meadow/latest").order_by("visit", "detector")
    return result.with_dimension_records() if records else result


def general(query: Query):
    return (
        query.where(CAMERA)
        .join_dataset_search("bias", "LarkCam/calib")
        .general(
            ["detector"],
            dimension_fields={"detector": {"full_name", "raft"}},
            dataset_fields={"bias": {"dataset_id", "run", "collection", "timespan", "ingest_date"}},
            find_first=False,
        )
    )


def ask(server: Server, demo: Repository, build: Callable, accept: str) -> Answer:
    with demo.direct.query() as query:
        body = table_request(demo.direct, build(query))
    target = f"/api/butler/repo/{demo.label}/v1/query/table"
    return post_json(server.base, target, body.model_dump(mode="json"), {"Accept": accept})


def arrow(server: Server, demo: Repository, build: Callable) -> pyarrow.Table:
    answer = ask(server, demo, build, ARROW)
    assert answer.status == 200, answer.text
    assert answer.headers["content-type"] == ARROW
    return pyarrow.ipc.open_stream(answer.body).read_all()


def direct(butler: Butler, build: Callable) -> list:
    with butler.query() as query:
        return list(build(query))


def nanoseconds(table: pyarrow.Table, column: str) -> list[int | None]:
    return table[column].cast(pyarrow.int64()).to_pylist()


def ends(timespan: Timespan | None) -> tuple[int | None, int | None]:
    return timespan.nsec if timespan is not None else (None, None)


def test_refs(server: Server, demo: Repository) -> None:
    table = arrow(server, demo, refs)
    theirs = direct(demo.direct, refs)
    assert theirs
    keys = [*theirs[0].dataId.dimensions.required, *theirs[0].dataId.dimensions.implied]
    assert table.column_names == [*keys, "dataset_id", "run"]
    assert table["dataset_id"].to_pylist() == [r.id for r in theirs]
    assert table["run"].to_pylist() == [r.run for r in theirs]
    for key in keys:
        assert table[key].to_pylist() == [r.dataId.mapping[key] for r in theirs]
    assert table.schema.metadata == {
        b"dataset_type": b"visit_image",
        b"storage_class": theirs[0].datasetType.storageClass_name.encode(),
    }


def check_record(table: pyarrow.Table, prefix: str, records: list[DimensionRecord]) -> None:
    element = records[0].definition
    for field in element.schema.remainder.names:
        values = [getattr(r, field) for r in records]
        if field == "timespan":
            assert nanoseconds(table, f"{prefix}timespan.begin") == [ends(v)[0] for v in values]
            assert nanoseconds(table, f"{prefix}timespan.end") == [ends(v)[1] for v in values]
        elif field == "region":
            # The stock package knows the extension type, and makes regions of the bytes.
            assert table[f"{prefix}region"].to_pylist() == values
        else:
            assert table[prefix + field].to_pylist() == values, field


def test_refs_with_records(server: Server, demo: Repository) -> None:
    build = lambda query: refs(query, records=True)  # noqa: E731
    table = arrow(server, demo, build)
    theirs = direct(demo.direct, build)
    elements = theirs[0].dataId.dimensions.elements
    assert {"visit", "detector", "visit_detector_region"} <= set(elements)
    for element in elements:
        check_record(table, f"{element}.", [r.dataId.records[element] for r in theirs])


@pytest.mark.parametrize("element", ["visit", "patch", "exposure", "day_obs", "visit_detector_region", "instrument"])
def test_records(server: Server, demo: Repository, element: str) -> None:
    required = [d for d in demo.direct.dimensions[element].required.names]
    build = lambda query: query.dimension_records(element).order_by(*required)  # noqa: E731
    table = arrow(server, demo, build)
    theirs = direct(demo.direct, build)
    assert theirs and table.num_rows == len(theirs)
    check_record(table, "", theirs)
    for name in theirs[0].definition.schema.dimensions.names:
        assert table[name].to_pylist() == [getattr(r, name) for r in theirs]


def test_data_ids(server: Server, demo: Repository) -> None:
    build = lambda query: query.where(CAMERA).data_ids(["visit", "detector"]).order_by("visit", "-detector").limit(7)  # noqa: E731
    table = arrow(server, demo, build)
    theirs = direct(demo.direct, build)
    assert table.to_pylist() == [dict(d.mapping) for d in theirs]


def test_general_rows(server: Server, demo: Repository) -> None:
    table = arrow(server, demo, general)
    theirs = direct(demo.direct, general)
    ours = [
        (*(row[k] for k in ("instrument", "detector", "detector.full_name", "bias.run", "bias.collection")), row["bias.dataset_id"])
        for row in table.drop_columns(["bias.ingest_date"]).to_pylist()
    ]
    spans = list(zip(nanoseconds(table, "bias.timespan.begin"), nanoseconds(table, "bias.timespan.end"), strict=True))
    expected = {
        (*(r[k] for k in ("instrument", "detector", "detector.full_name", "bias.run", "bias.collection")), r["bias.dataset_id"],
         *r["bias.timespan"].nsec)
        for r in theirs
    }  # fmt: skip
    assert len(theirs) == 4
    assert {(*row, *span) for row, span in zip(ours, spans, strict=True)} == expected


def text(record: DimensionRecord, field: str) -> str:
    value = getattr(record, field)
    return "" if value is None else str(value)


def test_csv(server: Server, demo: Repository) -> None:
    build = lambda query: query.dimension_records("visit").order_by("visit")  # noqa: E731
    answer = ask(server, demo, build, CSV)
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    theirs = direct(demo.direct, build)
    assert len(rows) == len(theirs) > 0
    for row, record in zip(rows, theirs, strict=True):
        for field in ("instrument", "id", "name", "physical_filter", "target_name", "science_program"):
            assert row[field] == text(record, field)
        assert float(row["exposure_time"]) == record.exposure_time
        check_texts(row, record)


def check_texts(row: dict[str, str], record: DimensionRecord) -> None:
    """Times and regions, which are text outside of Arrow."""
    for end, time in (("begin", record.timespan.begin), ("end", record.timespan.end)):
        time.precision = 9
        assert row[f"timespan.{end}"] == time.tai.isot
    ours = Region.from_ivoa_pos(row["region"])
    assert ours.encode() == Region.from_ivoa_pos(record.region.to_ivoa_pos()).encode()


@pytest.mark.parametrize("serialization", ["", ";serialization=tabledata", "; serialization=BINARY2"])
def test_votable(server: Server, demo: Repository, serialization: str) -> None:
    build = lambda query: query.dimension_records("visit").order_by("visit")  # noqa: E731
    answer = ask(server, demo, build, VOTABLE + serialization)
    table = parse_single_table(io.BytesIO(answer.body), verify="exception").to_table()
    theirs = direct(demo.direct, build)
    assert table["id"].tolist() == [r.id for r in theirs]
    assert table["exposure_time"].tolist() == [r.exposure_time for r in theirs]
    assert table["name"].tolist() == [r.name for r in theirs]
    assert table["azimuth"].tolist() == [r.azimuth for r in theirs]
    for row, record in zip(table, theirs, strict=True):
        check_texts({name: str(row[name]) for name in ("timespan.begin", "timespan.end", "region")}, record)


def test_votable_of_refs(server: Server, demo: Repository) -> None:
    table = parse_single_table(io.BytesIO(ask(server, demo, refs, VOTABLE).body), verify="exception").to_table()
    assert [UUID(i) for i in table["dataset_id"]] == [r.id for r in direct(demo.direct, refs)]


def test_errors(server: Server, demo: Repository) -> None:
    answer = ask(server, demo, lambda query: query.data_ids(["visit"]).where(CAMERA), "application/vnd.apache.parquet")
    assert answer.status == 406
    target = f"/api/butler/repo/{demo.label}/v1/query/table"
    assert post_json(server.base, target, {}).status == 422
    assert post_json(server.base, "/api/butler/repo/nosuch/v1/query/table", {}).status == 404
