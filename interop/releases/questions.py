"""The questions that a client of any release is asked, as far as it knows them.

Each takes a butler, direct or remote, with the default collection of
`make_repository.py`, and returns what `rendering` can write.  What a release has
no method for it answers with an ``AttributeError``, and is then not counted.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from astropy.time import Time
from make_repository import INSTRUMENT, NIGHT, RUNS, SKYMAP
from rendering import plain, unordered

from lsst.daf.butler import Butler, CollectionType, DataCoordinate, DatasetRef, Timespan

ALL = "release/all"
CALIBRATION = "release/calib"
CAMERA = {"instrument": INSTRUMENT}
SOURCE = {**CAMERA, "visit": 101, "detector": 0}
PATCH = {"skymap": SKYMAP, "tract": 0, "patch": 1, "band": "r"}
HERE = f"instrument = '{INSTRUMENT}'"
TYPES = ("config", "notes", "source", "source_apart", "raw", "coadd", "ref_cat", "bias")
EARLY = Timespan(Time("2026-01-10", scale="tai"), Time("2026-01-11", scale="tai"))
LATE = Timespan(Time("2026-01-12", scale="tai"), None)

Question = Callable[[Butler], Any]
QUESTIONS: dict[str, Question] = {}


def question(ask: Question) -> Question:
    QUESTIONS[ask.__name__] = ask
    return ask


def questions(**asks: Question) -> None:
    assert not QUESTIONS.keys() & asks.keys()
    QUESTIONS.update(asks)


def references(butler: Butler, name: str, **options: Any) -> list[DatasetRef]:
    with butler.query() as query:
        return sorted(query.datasets(name, find_first=False, **options), key=lambda ref: str(ref.id))


# -- the universe, dataset types, collections ------------------------------------


@question
def universe(b: Butler) -> Any:
    elements = {e.name: [sorted(e.required.names), sorted(e.implied.names)] for e in b.dimensions.elements}
    return [b.dimensions.namespace, b.dimensions.version, elements]


questions(
    dataset_type=lambda b: [b.get_dataset_type(name) for name in TYPES],
    dataset_type_missing=lambda b: b.get_dataset_type("nothing"),
    dataset_type_of_registry=lambda b: b.registry.getDatasetType("source"),
    dataset_type_component=lambda b: b.registry.getDatasetType("source.summary"),
    dataset_types_all=lambda b: unordered(b.registry.queryDatasetTypes()),
    dataset_types_glob=lambda b: unordered(b.registry.queryDatasetTypes("source*")),
    dataset_types_missing=lambda b: [missing := [], list(b.registry.queryDatasetTypes("nothing", missing=missing))],
    collections_all=lambda b: unordered(b.collections.query("*")),
    collections_chain=lambda b: list(b.collections.query(ALL, flatten_chains=True)),
    collections_type=lambda b: unordered(b.collections.query("*", CollectionType.RUN)),
    collections_missing=lambda b: b.collections.query("nothing"),
    collections_default=lambda b: list(b.collections.defaults),
    collection_info=lambda b: information(b.collections.get_info(ALL, include_parents=True, include_summary=True)),
    collection_info_run=lambda b: information(b.collections.get_info(RUNS[0], include_parents=True)),
    collection_info_missing=lambda b: b.collections.get_info("nothing"),
    collection_info_all=lambda b: unordered(
        information(i) for i in b.collections.query_info("*", include_parents=True, include_summary=True)
    ),
    collection_info_of_types=lambda b: unordered(
        i.name for i in b.collections.query_info("*", include_summary=True, summary_datasets=["bias", "source"])
    ),
    registry_collections=lambda b: unordered(b.registry.queryCollections()),
    registry_collections_of_type=lambda b: unordered(b.registry.queryCollections(datasetType="bias")),
    registry_collections_chain=lambda b: list(b.registry.queryCollections(ALL, flattenChains=True)),
    registry_collections_with_chains=lambda b: list(
        b.registry.queryCollections(ALL, flattenChains=True, includeChains=True)
    ),
    registry_collection_type=lambda b: b.registry.getCollectionType(CALIBRATION),
    registry_collection_chain=lambda b: list(b.registry.getCollectionChain(ALL)),
    registry_collection_parents=lambda b: b.registry.getCollectionParentChains(RUNS[0]),
    registry_collection_doc=lambda b: b.registry.getCollectionDocumentation(RUNS[0]),
    registry_collection_summary=lambda b: summary(b.registry.getCollectionSummary(ALL)),
    registry_collection_missing=lambda b: b.registry.getCollectionType("nothing"),
)


def information(info: Any) -> Any:
    parents = None if info.parents is None else sorted(info.parents)
    types = getattr(info, "dataset_types", None)
    return [info.name, info.type, list(info.children), info.doc, parents, None if types is None else sorted(types)]


def summary(found: Any) -> Any:
    return [sorted(t.name for t in found.dataset_types), {k: sorted(v) for k, v in found.governors.items()}]


# -- dimension records and data IDs ----------------------------------------------


def records(element: str, **options: Any) -> Question:
    if "order_by" in options:
        return lambda b: b.query_dimension_records(element, **options)
    return lambda b: unordered(b.query_dimension_records(element, **options))


def data_ids(*dimensions: str, **options: Any) -> Question:
    if "order_by" in options:
        return lambda b: b.query_data_ids(dimensions, **options)
    return lambda b: unordered(b.query_data_ids(dimensions, **options))


ELEMENTS = (
    "instrument detector physical_filter visit_system exposure visit visit_definition visit_system_membership"
    " visit_detector_region skymap tract patch day_obs group"
).split()
questions(
    **{f"records_{element}": records(element, explain=False) for element in ELEMENTS},
    records_where=records("visit", where=f"{HERE} AND visit > 101 AND physical_filter = 'r_01'"),
    records_order=records("visit", where=HERE, order_by=["-physical_filter", "-visit.exposure_time"]),
    records_limit=records("detector", where=HERE, order_by="-detector", limit=2),
    records_time=records(
        "exposure", where=f"{HERE} AND exposure.timespan OVERLAPS (T'2026-01-11T01:30', T'2026-01-11T03:10')"
    ),
    records_bind=records(
        "exposure", where="instrument = cam AND exposure IN (ids)", bind={"cam": INSTRUMENT, "ids": [101, 104]}
    ),
    records_float=records("visit", where=f"{HERE} AND visit.exposure_time > 31.5"),
    records_text=records("visit", where=f"{HERE} AND visit.target_name = 'field-1'"),
    records_data_id=records("visit", data_id=CAMERA, physical_filter="r_01"),
    records_of_band=records("physical_filter", where=f"{HERE} AND band = 'g'"),
    records_none=records("visit", where=f"{HERE} AND visit = 999"),
    records_none_quietly=records("visit", where=f"{HERE} AND visit = 999", explain=False),
    records_unknown_instrument=records("visit", where="instrument = 'NoCam'"),
    records_unknown_element=records("nothing"),
    records_of_calendar=records("visit", where=f"{HERE} AND day_obs = {NIGHT}"),
    records_bad_order=records("visit", where=HERE, order_by="nothing"),
    records_bad_where=records("visit", where=f"{HERE} AND ("),
    records_odd_field=records("visit", where=f"{HERE} AND visit.nothing = 1"),
    data_ids_plain=data_ids("visit", "detector", where=HERE),
    data_ids_records=data_ids("visit", "detector", where=f"{HERE} AND detector < 2", with_dimension_records=True),
    data_ids_order=data_ids("exposure", "detector", where=HERE, order_by=["-detector", "exposure"], limit=5),
    data_ids_projected=data_ids("band", where=HERE),
    data_ids_empty=data_ids(),
    data_ids_visit_patch=data_ids("visit", "patch", where=f"{HERE} AND skymap = '{SKYMAP}'"),
    data_ids_detector_patch=data_ids("visit", "detector", "patch", where=f"{HERE} AND skymap = '{SKYMAP}'"),
    data_ids_patch_of_visit=data_ids("patch", where=f"{HERE} AND visit = 102 AND skymap = '{SKYMAP}'"),
    data_ids_visit_tract=data_ids("visit", "tract", where=f"{HERE} AND skymap = '{SKYMAP}' AND tract = 0"),
    data_ids_exposure_visit=data_ids("exposure", "visit", where=HERE),
    data_ids_htm=data_ids("htm7", where=f"skymap = '{SKYMAP}' AND tract = 0 AND patch = 0"),
    data_ids_outside=data_ids("visit", "patch", where=f"{HERE} AND visit = 104 AND skymap = '{SKYMAP}'", explain=False),
    data_ids_point=data_ids("patch", where=f"skymap = '{SKYMAP}' AND patch.region OVERLAPS POINT(10.5, -4.5)"),
    data_ids_no_governor=data_ids("visit", where="visit > 100"),
)


# -- datasets --------------------------------------------------------------------


def datasets(name: str, *collections: str, **options: Any) -> Question:
    chosen = list(collections) or None
    if "order_by" in options:
        return lambda b: b.query_datasets(name, chosen, **options)
    return lambda b: unordered(b.query_datasets(name, chosen, **options))


questions(
    **{f"datasets_{name}": datasets(name, RUNS[0]) for name in TYPES},
    datasets_first=datasets("notes"),
    datasets_every=datasets("notes", find_first=False),
    datasets_runs=datasets("notes", "release/runs"),
    datasets_tagged=datasets("notes", "release/tagged"),
    datasets_glob=datasets("source", "release/*", find_first=False),
    datasets_where=datasets("source", where=f"{HERE} AND visit.exposure_time > 30.5 AND detector = 0"),
    datasets_records=datasets("source", where=HERE, with_dimension_records=True),
    datasets_order=datasets("source", where=HERE, order_by=["-detector", "visit.exposure_time"]),
    datasets_limit=datasets("source", where=HERE, order_by=["-visit", "detector"], limit=3),
    datasets_exactly_limited=lambda b: len(b.query_datasets("source", where=HERE, limit=-4)),
    datasets_patch_of_visit=datasets("coadd", where=f"{HERE} AND visit = 101 AND skymap = '{SKYMAP}'"),
    datasets_visit_of_patch=datasets("source", where=f"{HERE} AND skymap = '{SKYMAP}' AND tract = 0 AND patch = 1"),
    datasets_htm_of_visit=datasets("ref_cat", where=f"{HERE} AND visit = 101"),
    datasets_ingest_date=datasets("coadd", where="coadd.ingest_date > T'2020-01-01'"),
    datasets_of_run=datasets("notes", where=f"notes.run = '{RUNS[0]}'", find_first=False),
    datasets_id=lambda b: unordered(b.query_datasets("notes", where="notes.dataset_id = id", bind={"id": note(b).id})),
    datasets_data_id=datasets("source", data_id={**CAMERA, "visit": 101}),
    datasets_keywords=datasets("source", instrument=INSTRUMENT, visit=103),
    datasets_none=datasets("source", where=f"{HERE} AND visit = 999"),
    datasets_unknown_type=datasets("nothing"),
    datasets_unknown_collection=datasets("source", "nothing"),
    datasets_calibration=datasets("bias", CALIBRATION, find_first=False),
    datasets_calibration_first=datasets("bias", CALIBRATION),
    datasets_all=lambda b: unordered(b.query_all_datasets(name="*", find_first=False)),
    datasets_all_where=lambda b: unordered(
        b.query_all_datasets(name=["source", "raw"], where=f"{HERE} AND detector = 1")
    ),
    find=lambda b: b.find_dataset("source", SOURCE),
    find_keywords=lambda b: b.find_dataset("coadd", **PATCH),
    find_records=lambda b: b.find_dataset("source", SOURCE, dimension_records=True),
    find_storage_class=lambda b: b.find_dataset("source", SOURCE, storage_class="ReleaseMetricApart"),
    find_first=lambda b: b.find_dataset("notes", CAMERA, collections=list(RUNS)),
    find_in_chain=lambda b: b.find_dataset("notes", CAMERA, collections="release/runs"),
    find_nothing=lambda b: b.find_dataset("source", {**SOURCE, "visit": 104, "detector": 2}),
    find_incomplete=lambda b: b.find_dataset("source", CAMERA),
    find_unknown_type=lambda b: b.find_dataset("nothing", CAMERA),
    find_unknown_collection=lambda b: b.find_dataset("notes", CAMERA, collections="nothing"),
    find_exposure_by_visit=lambda b: b.find_dataset("raw", {**CAMERA, "exposure": 102, "detector": "R0_S1"}),
    find_calibration_early=lambda b: b.find_dataset(
        "bias", CAMERA, detector=1, collections=CALIBRATION, timespan=EARLY
    ),
    find_calibration_late=lambda b: b.find_dataset("bias", CAMERA, detector=1, collections=CALIBRATION, timespan=LATE),
    find_calibration_ambiguous=lambda b: b.find_dataset(
        "bias", CAMERA, detector=1, collections=CALIBRATION, timespan=Timespan(None, None)
    ),
    find_calibration_timeless=lambda b: b.find_dataset("bias", CAMERA, detector=1, collections=CALIBRATION),
    find_calibration_in_chain=lambda b: b.find_dataset("bias", CAMERA, detector=0, timespan=LATE),
    dataset_by_id=lambda b: b.get_dataset(note(b).id),
    dataset_by_id_records=lambda b: b.get_dataset(b.find_dataset("source", SOURCE).id, dimension_records=True),
    dataset_by_id_unknown=lambda b: b.get_dataset(uuid.UUID(int=7)),
    registry_find=lambda b: b.registry.findDataset("source", SOURCE, collections=ALL),
    registry_dataset=lambda b: b.registry.getDataset(note(b).id),
    registry_expand=lambda b: b.registry.expandDataId(SOURCE),
    registry_expand_unknown=lambda b: b.registry.expandDataId({**SOURCE, "visit": 999}),
    registry_datasets=lambda b: unordered(b.registry.queryDatasets("source", collections=ALL, where=HERE)),
    registry_datasets_first=lambda b: unordered(b.registry.queryDatasets("notes", collections=ALL, findFirst=True)),
    registry_datasets_expanded=lambda b: unordered(b.registry.queryDatasets("source", collections=ALL).expanded()),
    registry_datasets_wild=lambda b: unordered(b.registry.queryDatasets("source*", collections=ALL)),
    registry_datasets_count=lambda b: b.registry.queryDatasets("raw", collections=ALL, where=HERE).count(),
    registry_datasets_any=lambda b: b.registry.queryDatasets(
        "raw", collections=ALL, where=f"{HERE} AND exposure=999"
    ).any(),
    registry_data_ids=lambda b: unordered(
        b.registry.queryDataIds(["visit", "detector"], datasets="source", collections=ALL)
    ),
    registry_data_ids_order=lambda b: list(b.registry.queryDataIds(["visit"], where=HERE).order_by("-visit").limit(2)),
    registry_data_ids_patch=lambda b: unordered(b.registry.queryDataIds(["visit", "patch"], where=HERE, skymap=SKYMAP)),
    registry_data_ids_subset=lambda b: unordered(
        b.registry.queryDataIds(["visit", "detector"], where=HERE).subset(["visit"])
    ),
    registry_records=lambda b: unordered(b.registry.queryDimensionRecords("visit", where=HERE)),
    registry_records_datasets=lambda b: unordered(
        b.registry.queryDimensionRecords("visit", datasets="source", collections=ALL)
    ),
    registry_records_order=lambda b: list(
        b.registry.queryDimensionRecords("visit", where=HERE).order_by("-visit").limit(2)
    ),
    registry_associations=lambda b: unordered(
        [a.ref, a.collection, a.timespan]
        for a in b.registry.queryDatasetAssociations("bias", collections=[CALIBRATION])
    ),
)


def note(butler: Butler) -> DatasetRef:
    return butler.find_dataset("notes", CAMERA, collections=RUNS[0])


# -- the query system ------------------------------------------------------------


def query(ask: Callable[[Any], Any]) -> Question:
    def answer(butler: Butler) -> Any:
        with butler.query() as started:
            return plain(ask(started))

    return answer


def uploaded(butler: Butler) -> Any:
    rows = [DataCoordinate.standardize(CAMERA, visit=v, universe=butler.dimensions) for v in (101, 103)]
    with butler.query() as started:
        return unordered(started.join_data_coordinates(rows).datasets("source", ALL))


def general(started: Any) -> Any:
    joined = started.join_dataset_search("source", ALL).where(CAMERA)
    rows = joined.general(
        ["visit", "detector"],
        "visit.exposure_time",
        dimension_fields={"visit": {"target_name"}},
        dataset_fields={"source": {"dataset_id", "run", "collection"}},
        find_first=True,
    )
    return [dict(row) for row in rows.order_by("visit", "-detector")]


def expressions(started: Any) -> Any:
    x = started.expression_factory
    late = x.any(x.visit.exposure_time > 31.5, x.visit.in_iterable([101]))
    return unordered(started.where(CAMERA).where(late, x.not_(x.visit == 103)).data_ids(["visit"]))


questions(
    query_count=query(lambda q: q.datasets("source", ALL).count()),
    query_count_discard=query(
        lambda q: q.where(CAMERA, skymap=SKYMAP).data_ids(["visit", "patch"]).count(exact=True, discard=True)
    ),
    query_any=query(lambda q: [q.datasets(t, ALL).any() for t in ("source", "raw")]),
    query_any_inexact=query(lambda q: q.where(CAMERA, visit=999).data_ids(["visit"]).any(execute=True, exact=False)),
    query_explain=query(lambda q: list(q.datasets("source", "release/tagged").explain_no_results())),
    query_uploaded=uploaded,
    query_general=query(general),
    query_expressions=query(expressions),
    query_materialized=query(
        lambda q: unordered(q.where(CAMERA).join_dataset_search("source", ALL).materialize().data_ids(["visit"]))
    ),
    query_joined_dimensions=query(
        lambda q: unordered(q.join_dimensions(["visit", "patch"]).where(HERE, skymap=SKYMAP).data_ids(["patch"]))
    ),
    query_two_searches=query(
        lambda q: unordered(
            q.join_dataset_search("source", ALL).join_dataset_search("bias", RUNS[0]).data_ids(["visit", "detector"])
        )
    ),
    query_calibration=query(lambda q: unordered(q.datasets("bias", CALIBRATION, find_first=False))),
    query_records_order=query(
        lambda q: list(q.where(CAMERA).dimension_records("visit").order_by("-visit.timespan.begin").limit(3))
    ),
    query_in_query=query(
        lambda q: unordered(
            q.where(
                q.expression_factory.visit.in_query(q.expression_factory.exposure, q.where(CAMERA, exposure=102)),
                CAMERA,
            ).data_ids(["visit"])
        )
    ),
)
