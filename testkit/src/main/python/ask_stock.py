#!/usr/bin/env python3
"""Asks the stock package every question of ``questions.json`` about the demo
repository and the old schema variants, and writes what it answers for the contract
suites.

    ask_stock.py          # rewrites demo-answers.json.gz, variant-answers.json.gz
    ask_stock.py --show   # prints the errors among the answers, too

Rows are objects of column names and values; times are TAI nanoseconds, timespans
pairs of them, bytes hexadecimal. A fault is ``{"error": …, "text": …}``.
"""

from __future__ import annotations

import argparse
import gzip
import json
import shutil
import sqlite3
import sys
import tempfile
import uuid
import warnings
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import astropy.time

from lsst.daf.butler import Butler, ButlerUserError, CollectionType, DataCoordinate, DatasetRef, Timespan
from lsst.daf.butler._query_all_datasets import QueryAllDatasetsParameters
from lsst.daf.butler.queries import Query
from lsst.daf.butler.registry import RegistryDefaults
from lsst.daf.butler.time_utils import TimeConverter
from lsst.sphgeom import Region

RESOURCES = Path(__file__).resolve().parent.parent / "resources/equerry/testkit"
ARCHIVE = Path(__file__).resolve().parents[4] / "direct/src/test/resources/equerry/direct/demo-repository.zip"
VARIANTS = Path(__file__).resolve().parents[4] / "direct/src/test/resources/equerry/direct/variants"
TIMES = TimeConverter()

# -- values -------------------------------------------------------------------


def plain(value: Any) -> Any:
    match value:
        case uuid.UUID():
            return str(value)
        case Timespan():
            return list(value.nsec)
        case Region():
            return value.encode().hex()
        case bytes():
            return value.hex()
        case astropy.time.Time():
            return TIMES.astropy_to_nsec(value)
        case _:
            return value


def given(value: Any) -> Any:
    """A bound value or timespan of a question."""
    match value:
        case {"timespan": span}:
            return timespan(span)
        case {"tai": nanos}:
            return TIMES.nsec_to_astropy(nanos)
        case list():
            return [given(item) for item in value]
        case _:
            return value


def timespan(value: Any) -> Timespan | None:
    if value is None:
        return None
    if value == "empty":
        return Timespan.makeEmpty()
    begin, end = value
    ends = (TIMES.min_nsec if begin is None else begin, TIMES.max_nsec if end is None else end)
    return Timespan(None, None, _nsec=ends)


def record(value: Any) -> dict:
    return {name: plain(getattr(value, name)) for name in value.fields.names}


def records(data_id: DataCoordinate) -> dict:
    found = {name: data_id.records[name] for name in data_id.dimensions.elements}
    return {name: record(value) for name, value in found.items() if value is not None}


def data_id_row(data_id: DataCoordinate, question: dict) -> dict:
    row = dict(data_id.mapping) if data_id.hasFull() else dict(data_id.required)
    if question.get("withRecords"):
        row["records"] = records(data_id)
    return row


def dataset_type(value: Any) -> dict:
    return {
        "name": value.name,
        "dimensions": list(value.dimensions.required),
        "storageClass": value.storageClass_name,
        "isCalibration": value.isCalibration(),
    }


def ref(value: DatasetRef, *, with_records: bool = False) -> dict:
    answer = {
        "id": str(value.id),
        "type": dataset_type(value.datasetType),
        "dataId": dict(value.dataId.required),
        "run": value.run,
    }
    if with_records:
        answer["records"] = records(value.dataId)
    return answer


# -- the views ----------------------------------------------------------------

CHAINS = {
    "flatten": (True, False),
    "include": (False, True),
    "flatten_include": (True, True),
    "neither": (False, False),
}


def collection(info: Any, question: dict) -> dict:
    details = question.get("details", [])
    return {
        "name": info.name,
        "type": info.type.name,
        "doc": info.doc,
        "children": list(info.children),
        "parents": sorted(info.parents) if "PARENTS" in details else None,
        "datasetTypes": sorted(info.dataset_types) if "SUMMARY" in details else None,
    }


def collection_search(butler: Butler, q: dict) -> list:
    flatten, include = CHAINS[q.get("chains", "include")]
    details = q.get("details", [])
    found = butler.collections.query_info(
        q["expression"],
        {CollectionType[t] for t in q["types"]} if "types" in q else None,
        flatten_chains=flatten,
        include_chains=include,
        include_parents="PARENTS" in details,
        include_summary="SUMMARY" in details,
        include_doc="DOC" in details,
        summary_datasets=q.get("summaryDatasets"),
    )
    return [collection(info, q) for info in found]


def collection_load(butler: Butler, q: dict) -> dict:
    info = butler.collections.get_info(q["collection"], include_parents=True)
    return collection(info, {"details": ["PARENTS"]})


def collection_summary(butler: Butler, q: dict) -> dict:
    summary = butler.registry.getCollectionSummary(q["collection"])
    return {
        "datasetTypes": sorted((dataset_type(t) for t in summary.dataset_types), key=lambda t: t["name"]),
        "governors": {name: sorted(values) for name, values in sorted(summary.governors.items())},
    }


def dataset_type_load(butler: Butler, q: dict) -> dict:
    return dataset_type(butler.get_dataset_type(q["type"]))


def dataset_type_search(butler: Butler, q: dict) -> dict:
    missing: list[str] = []
    found = butler.registry.queryDatasetTypes(q["expression"], missing=missing)
    # The package repeats a type that a name and a glob match; our contract has each once.
    types = {t.name: dataset_type(t) for t in found}
    return {"found": [types[name] for name in sorted(types)], "missing": sorted(missing)}


def find(butler: Butler, q: dict) -> dict | None:
    with_records = q.get("records", False)
    found = butler.find_dataset(
        q["type"],
        q["dataId"],
        collections=q["collections"],
        timespan=timespan(q.get("timespan")),
        dimension_records=with_records,
    )
    return None if found is None else ref(found, with_records=with_records)


def find_id(butler: Butler, q: dict) -> dict | None:
    with_records = q.get("records", False)
    found = butler.get_dataset(uuid.UUID(q["id"]), dimension_records=with_records)
    return None if found is None else ref(found, with_records=with_records)


def find_all(butler: Butler, q: dict) -> list:
    return by_id(ref(found) for found in butler.get_many_datasets([uuid.UUID(i) for i in q["ids"]]))


def by_id(refs: Iterable[dict]) -> list:
    return sorted(refs, key=lambda r: r["id"])


def expand(butler: Butler, q: dict) -> dict:
    data_id = butler.registry.expandDataId(q["dataId"])
    return {"dataId": dict(data_id.mapping), "records": records(data_id)}


# -- files --------------------------------------------------------------------


def files_of(butler: Butler, value: DatasetRef) -> list:
    rows = []
    for infos in (value._datastore_records or {}).values():
        for info in infos:
            row = info.to_record(dataset_id=value.id)
            rows.append(
                {
                    "datastore": butler._datastore.name,
                    "component": None if row["component"] == "__NULL_STRING__" else row["component"],
                    "path": row["path"],
                    "formatter": row["formatter"],
                    "storageClass": row["storage_class"],
                    "checksum": row["checksum"],
                    "sizeBytes": row["file_size"],
                }
            )
    return rows


def dataset_files(butler: Butler, value: DatasetRef) -> dict:
    return {"ref": ref(value), "files": files_of(butler, value)}


def file_id(butler: Butler, q: dict) -> dict | None:
    found = butler.get_dataset(uuid.UUID(q["id"]), datastore_records=True)
    return None if found is None else dataset_files(butler, found)


def file_load(butler: Butler, q: dict) -> dict:
    found = butler._findDatasetRef(
        q["type"],
        q["dataId"],
        collections=q["collections"],
        timespan=timespan(q.get("timespan")),
        datastore_records=True,
    )
    return dataset_files(butler, found)


def file_all(butler: Butler, q: dict) -> dict:
    found = (butler.get_dataset(uuid.UUID(i), datastore_records=True) for i in q["ids"])
    files = {str(value.id): files_of(butler, value) for value in found if value is not None}
    return {key: value for key, value in sorted(files.items()) if value}


# -- queries ------------------------------------------------------------------


def joined(butler: Butler, query: Query, q: dict) -> Query:
    """The part of a query that all kinds of results share, but for its condition."""
    if upload := q.get("upload"):
        dimensions = butler.dimensions.conform(upload["dimensions"])
        rows = [DataCoordinate.from_required_values(dimensions, tuple(row)) for row in upload["rows"]]
        query = query.join_data_coordinates(rows)
    for name, collections in q.get("datasets", {}).items():
        query = query.join_dataset_search(name, collections)
    return query.join_dimensions(q.get("dimensions", []))


def start(butler: Butler, query: Query, q: dict) -> Query:
    if inner := q.get("materialized"):
        query = joined(butler, query, inner).where(inner["where"]).materialize(dimensions=inner["dimensions"])
    query = joined(butler, query, q)
    if inner := q.get("inQuery"):
        x = query.expression_factory
        other = joined(butler, butler_query(butler), inner).where(inner["where"])
        query = query.where(getattr(x, inner["member"]).in_query(getattr(x, inner["column"]), other))
    return query


def butler_query(butler: Butler) -> Query:
    """A query that lives as long as the butler; it is only taken apart."""
    return butler.query().__enter__()


def result(butler: Butler, query: Query, kind: str, q: dict) -> Any:
    query = start(butler, query, q)
    bind = {name: given(value) for name, value in q.get("bind", {}).items()}
    match kind:
        case "data_ids":
            results = query.data_ids(q["dimensions"])
        case "records":
            results = query.dimension_records(q["element"])
        case "refs":
            results = query.datasets(q["type"], q["collections"], find_first=q.get("findFirst", True))
        case "general":
            results = query.general(
                q["dimensions"],
                dimension_fields={k: set(v) for k, v in q.get("fields", {}).items()},
                dataset_fields={k: set(v) for k, v in q.get("datasetFields", {}).items()},
                find_first=q.get("findFirst"),
            )
        case _:
            raise AssertionError(kind)
    if q.get("where") or q.get("dataId"):
        results = results.where(q.get("where", ""), q.get("dataId", {}), bind=bind)
    if q.get("withRecords"):
        results = results.with_dimension_records()
    if q.get("orderBy"):
        results = results.order_by(*q["orderBy"])
    if q.get("limit") is not None:
        results = results.limit(q["limit"])
    return results


def ref_row(value: DatasetRef, q: dict) -> dict:
    name = value.datasetType.name
    return data_id_row(value.dataId, q) | {f"{name}.dataset_id": str(value.id), f"{name}.run": value.run}


def rows(butler: Butler, q: dict) -> list:
    with butler.query() as query:
        results = result(butler, query, q["kind"], q)
        match q["kind"]:
            case "data_ids":
                return [data_id_row(row, q) for row in results]
            case "records":
                return [record(row) for row in results]
            case "refs":
                return [ref_row(row, q) for row in results]
            case _:
                return [{name: plain(value) for name, value in row.items()} for row in results]


def count(butler: Butler, q: dict) -> int:
    with butler.query() as query:
        return result(butler, query, q["result"], q).count(exact=q.get("exact", True), discard=q.get("discard", False))


def any_rows(butler: Butler, q: dict) -> bool:
    with butler.query() as query:
        return result(butler, query, q["result"], q).any(execute=q.get("execute", True), exact=q.get("exact", True))


def explain(butler: Butler, q: dict) -> list:
    with butler.query() as query:
        return list(result(butler, query, q["result"], q).explain_no_results(execute=False))


def all_datasets(butler: Butler, q: dict) -> list:
    arguments = QueryAllDatasetsParameters(
        collections=q["collections"],
        name=q["types"],
        find_first=q.get("findFirst", True),
        data_id=q.get("dataId", {}),
        where=q.get("where", ""),
        bind={name: given(value) for name, value in q.get("bind", {}).items()},
        limit=q.get("limit"),
        with_dimension_records=q.get("withRecords", False),
    )
    with butler._query_all_datasets_by_page(arguments) as pages:
        return [ref_row(value, q) for page in pages for value in page]


KINDS = {
    function.__name__: function
    for function in (
        collection_search,
        collection_load,
        collection_summary,
        dataset_type_load,
        dataset_type_search,
        find,
        find_id,
        find_all,
        expand,
        file_id,
        file_load,
        file_all,
        count,
        explain,
        all_datasets,
    )
} | {"any": any_rows, "data_ids": rows, "records": rows, "refs": rows, "general": rows}


# -- asking -------------------------------------------------------------------


def ask(root: Path, q: dict) -> Any:
    butler = Butler.from_config(str(root))
    try:
        # As the stock server does it: defaults need not exist.
        defaults = DataCoordinate.standardize(q.get("defaults", {}), universe=butler.dimensions)
        butler.registry.defaults = RegistryDefaults.from_data_id(defaults)
        return KINDS[q["kind"]](butler, q)
    except ButlerUserError as fault:
        return {"error": fault.error_type, "text": str(fault).strip("'\"").splitlines()[0]}
    except Exception as fault:  # The package is not strict about what it raises.
        return {"error": "unknown", "text": f"{type(fault).__name__}: {fault}".splitlines()[0]}
    finally:
        butler.close()


def ask_all(root: Path, suite: str, asked: list[dict], *, show: bool) -> dict:
    answers = {}
    for q in asked:
        answer = ask(root, q)
        answers[q["name"]] = answer
        failed = isinstance(answer, dict) and "error" in answer
        if failed != (suite == "errors"):
            print(f"NOT AS ASKED {suite}: {q['name']}: {json.dumps(answer)[:300]}", file=sys.stderr)
        elif failed and show:
            print(f"{q['name']}: {answer['error']}: {answer['text'][:160]}")
    return answers


def write(name: str, answers: dict) -> None:
    text = json.dumps(answers, indent=0, sort_keys=True, ensure_ascii=False)
    (RESOURCES / name).write_bytes(gzip.compress(text.encode(), 9, mtime=0))


def make_variant(dump: Path, root: Path) -> None:
    name = dump.name.removesuffix(".sql.gz")
    shutil.copy(dump.with_name(f"{name}.yaml"), root / "butler.yaml")
    with sqlite3.connect(root / "gen3.sqlite3") as connection:
        connection.executescript(gzip.decompress(dump.read_bytes()).decode())
    connection.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--show", action="store_true", help="print the errors among the answers")
    show = parser.parse_args().show
    warnings.simplefilter("ignore")
    questions = json.loads((RESOURCES / "questions.json").read_text())
    about_variants = questions.pop("variants")
    with tempfile.TemporaryDirectory() as folder:
        with zipfile.ZipFile(ARCHIVE) as archive:
            archive.extractall(folder)
        answers = {suite: ask_all(Path(folder), suite, asked, show=show) for suite, asked in questions.items()}
    write("demo-answers.json.gz", answers)
    answers = {}
    for dump in sorted(VARIANTS.glob("*.sql.gz")):
        name = dump.name.removesuffix(".sql.gz")
        with tempfile.TemporaryDirectory() as folder:
            make_variant(dump, Path(folder))
            answers[name] = ask_all(Path(folder), name, about_variants, show=show)
    write("variant-answers.json.gz", answers)


if __name__ == "__main__":
    main()
