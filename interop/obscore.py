"""Repositories with an ObsCore table, filled by the stock package."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import sqlalchemy

import lsst.daf.butler.tests
from lsst.daf.butler import Butler, CollectionType, Config, DatasetRef, DatasetType, Timespan
from lsst.sphgeom import Circle, UnitVector3d

DATA = Path(lsst.daf.butler.tests.__file__).parent / "registry_data"
MANAGER = "lsst.daf.butler.registry.obscore.ObsCoreLiveTableManager"
RUNS = ("survey/run1", "survey/run2", "private/run")
TAG = "shown"

# Dataset types and their dimensions; the last one has no rows.
TYPES = {
    "raw": ("instrument", "exposure", "detector"),
    "whole": ("instrument", "exposure"),
    "calexp": ("instrument", "visit", "detector"),
    "summary": ("instrument", "visit"),
    "coadd": ("skymap", "tract", "patch", "band"),
    "both": ("instrument", "visit", "patch"),
    "twilight": ("instrument", "detector", "physical_filter"),
    "pixel": ("htm7", "band"),
    "note": (),
    "log": ("instrument", "exposure", "detector"),
}


# Columns that a database with pgSphere has for regions.
PGSPHERE = {"sphere": {"cls": "lsst.daf.butler.registry.obscore.pgsphere.PgSphereObsCorePlugin"}}
# The columns for regions beside the standard ones; tests set it.
spatial_plugins: dict = {}


def configuration(collection_type: str) -> dict:
    """A configuration that uses everything."""
    return {
        "version": 3,
        "collection_type": collection_type,
        "collections": [TAG] if collection_type == "TAGGED" else ["survey/run[12]"],
        "table_name": "obscore",
        "facility_name": "Hut",
        "facility_map": {"Cam1": "Peak"},
        "obs_collection": "meadow",
        "obs_publisher_did_fmt": "ivo://org/{dataset_type}?{id}",
        "dataset_types": {
            "raw": {
                "dataproduct_type": "image",
                "dataproduct_subtype": "lsst.raw",
                "calib_level": 1,
                "obs_id_fmt": "{records[exposure].obs_id}-{records[detector].full_name}",
                "o_ucd": "phot.count",
                "access_format": "image/fits",
                "datalink_url_fmt": "http://data/{obs_id}?x={id}",
                "s_xel": [4000, 4072],
            },
            "whole": {"dataproduct_type": "image", "calib_level": 1, "obs_collection": "other"},
            "calexp": {
                "dataproduct_type": "image",
                "calib_level": 2,
                "obs_id_fmt": "{visit:08d}-{detector:>3}",
                "extra_columns": {
                    "visit_name": {"template": "{records[visit].name}/{records[visit].zenith_angle:.2f}"},
                    "kind": "calibrated",
                    "visit_span": {"template": "{records[visit].timespan}"},
                },
            },
            "summary": {"dataproduct_type": "catalog", "calib_level": 2},
            "coadd": {"dataproduct_type": "image", "calib_level": 3, "obs_id_fmt": "{tract}-{patch}-{band}"},
            "both": {"dataproduct_type": "image", "calib_level": 3},
            "twilight": {"dataproduct_type": "image", "calib_level": 1, "extra_columns": {"number": 7, "kind": "flat"}},
            "pixel": {"dataproduct_type": "image", "calib_level": 4},
            "note": {"dataproduct_type": "text", "calib_level": 0},
            "absent": {"dataproduct_type": "text", "calib_level": 0},
        },
        "extra_columns": {
            "lsst_visit": {"template": "{visit}", "type": "int"},
            "lsst_exposure": {"template": "{exposure}", "type": "int"},
            "lsst_detector": {"template": "{detector}", "type": "int"},
            "lsst_band": {"template": "{band}", "type": "string", "length": 20},
            "lsst_run": {"template": "{run}", "type": "string", "length": 255, "doc": "The run."},
            "detector_f": {"template": "{detector:d}", "type": "float"},
            "detector_b": {"template": "{detector:d}", "type": "bool"},
            "whole_number": 3,
            "real_number": 2.5,
            "truth": True,
            "text": "it's",
        },
        "indices": {"a": "lsst_visit", "b": ["instrument_name", "lsst_exposure", "lsst_detector"], "c": "s_ra"},
        "spectral_ranges": {"g": [4.02e-07, 5.52e-07], "Cam1-R1": [5e-07, None], "r": [5.5e-07, 6.9e-07]},
        "fallback_instrument": "NoCam",
        **({"spatial_plugins": spatial_plugins} if spatial_plugins else {}),
    }


@dataclass(frozen=True)
class Kept:
    """A repository and a way to its tables."""

    root: Path
    db: str
    schema: str | None

    @contextmanager
    def _connection(self) -> Iterator[sqlalchemy.Connection]:
        engine = sqlalchemy.create_engine(self.db.replace("postgresql:", "postgresql+psycopg:"))
        try:
            with engine.begin() as made:
                if self.schema:
                    made.execute(sqlalchemy.text(f'SET search_path TO "{self.schema}"'))
                yield made
        finally:
            engine.dispose()

    def rows(self) -> dict[str, dict]:
        """The rows by dataset."""
        with self._connection() as made:
            found = made.execute(sqlalchemy.text("SELECT * FROM obscore")).mappings().all()
        return {str(row["registry_dataset_id"]).replace("-", ""): dict(row) for row in found}

    def delete(self) -> None:
        with self._connection() as made:
            made.execute(sqlalchemy.text("DELETE FROM obscore"))

    def rows_of_stock(self) -> dict[str, dict]:
        """The rows that the stock package makes of the datasets that should have one."""
        self.delete()
        with Butler.from_config(str(self.root), writeable=True) as butler:
            manager = butler.registry.obsCoreTableManager
            assert manager is not None
            tagged = manager.tagged_collection
            collections = [tagged] if tagged else butler.collections.query("*", CollectionType.RUN)
            for dataset_type in butler.registry.queryDatasetTypes(list(manager.config.dataset_types)):
                refs = butler.query_datasets(
                    dataset_type, collections, find_first=False, with_dimension_records=True, explain=False, limit=None
                )
                if tagged:
                    manager.associate(refs, SimpleNamespace(name=tagged))
                else:
                    manager.add_datasets(refs)
        return self.rows()

    def seed(self) -> dict:
        """The configuration of another repository like this one, which ``beside`` names."""
        manager = {"cls": MANAGER, "config": configuration("RUN")}
        registry: dict = {"managers": {"obscore": manager}}
        if self.schema:
            registry |= {"db": self.db, "namespace": f"{self.schema}_beside"}
        return {"registry": registry}

    def beside(self, root: Path) -> Kept:
        if self.schema:
            return Kept(root, self.db, f"{self.schema}_beside")
        return Kept(root, f"sqlite:///{root}/gen3.sqlite3", None)

    def definition(self) -> object:
        """Columns and indexes of the table."""
        with self._connection() as made:
            found = sqlalchemy.inspect(made)
            columns = [(c["name"], str(c["type"]), c["nullable"]) for c in found.get_columns("obscore", self.schema)]
            indexes = sorted((i["name"], tuple(i["column_names"])) for i in found.get_indexes("obscore", self.schema))
            keys = [(k["name"], k["referred_table"], k["options"]) for k in found.get_foreign_keys("obscore", self.schema)]
            return columns, indexes, keys

    def attributes(self) -> dict[str, str]:
        with self._connection() as made:
            return dict(made.execute(sqlalchemy.text("SELECT name, value FROM butler_attributes")).tuples().all())


def make(root: Path, collection_type: str, url: str = "", filled: bool = True) -> Kept:
    """A repository with datasets of all types; some exposures come before their visits.

    ``url`` names a PostgreSQL database, in which it has a schema of its own.
    """
    config = Config()
    schema = f"obscore_{uuid.uuid4().hex[:12]}" if url else None
    if url:
        config["registry", "db"] = url
        config["registry", "namespace"] = schema
    if collection_type != "NONE":
        config["registry", "managers", "obscore"] = {"cls": MANAGER, "config": configuration(collection_type)}
    Butler.makeRepo(str(root), config=config)
    with Butler.from_config(str(root), writeable=True) as butler:
        if filled:
            fill(butler)
    return Kept(root, url or f"sqlite:///{root}/gen3.sqlite3", schema)


def fill(butler: Butler) -> None:
    for name in ("base.yaml", "spatial.yaml"):
        butler.import_(filename=str(DATA / name), without_datastore=True)
    for run in RUNS:
        butler.collections.register(run)
    butler.collections.register(TAG, CollectionType.TAGGED)
    for name, dimensions in TYPES.items():
        butler.registry.registerDatasetType(DatasetType(name, dimensions, "StructuredDataDict", universe=butler.dimensions))
    exposures = insert_exposures(butler)
    # The stock package never tells where exposures without a detector lie that came before their visit.
    early = insert(butler, RUNS[0], exposures[:2], without="whole")
    butler.registry.associate(TAG, early)
    define_visits(butler, exposures)
    butler.registry.disassociate(TAG, early[::2])
    late = insert(butler, RUNS[1], exposures) + insert(butler, RUNS[2], exposures[:1])
    taken = {(ref.datasetType, ref.dataId) for ref in early[1::2]}
    for ref in late:
        if (ref.datasetType, ref.dataId) not in taken:
            taken.add((ref.datasetType, ref.dataId))
            butler.registry.associate(TAG, [ref])


def insert_exposures(butler: Butler) -> list[int]:
    """One exposure for each visit, and one without."""
    registry = butler.registry
    visits = list(registry.queryDimensionRecords("visit").order_by("visit"))
    registry.insertDimensionData("group", *({"instrument": "Cam1", "name": f"g{v.id}"} for v in visits))
    for visit in visits:
        registry.insertDimensionData(
            "exposure",
            {
                "instrument": "Cam1", "id": 100 + visit.id, "obs_id": f"obs{visit.id}", "group": f"g{visit.id}",
                "physical_filter": visit.physical_filter, "day_obs": 20210909, "exposure_time": 30.25 * visit.id,
                "target_name": f"target {visit.id}", "timespan": visit.timespan,
            },
        )  # fmt: skip
    last = visits[-1]
    registry.insertDimensionData(
        "exposure",
        {
            "instrument": "Cam1", "id": 200, "obs_id": "lonely", "group": "g1", "physical_filter": last.physical_filter,
            "day_obs": 20210909, "timespan": Timespan(last.timespan.begin, None),
        },
    )  # fmt: skip
    # A visit whose region is no polygon.
    registry.insertDimensionData(
        "visit",
        {
            "instrument": "Cam1", "id": 50, "name": "round", "physical_filter": "Cam1-G", "day_obs": 20210909,
            "region": Circle(UnitVector3d(1, 1, 1), 1e-4), "timespan": Timespan(None, last.timespan.begin),
        },
    )  # fmt: skip
    return [100 + v.id for v in visits] + [200]


def define_visits(butler: Butler, exposures: list[int]) -> None:
    """As the stock package's visit definition does it, which also tells the ObsCore table."""
    registry = butler.registry
    defined = [exposure for exposure in exposures if exposure < 200]
    registry.insertDimensionData(
        "visit_definition", *({"instrument": "Cam1", "exposure": e, "visit": e - 100} for e in defined)
    )
    manager = registry.obsCoreTableManager
    if manager is not None:
        regions = registry.queryDimensionRecords("visit_detector_region").order_by("visit", "detector")
        manager.update_exposure_regions("Cam1", [(100 + r.visit, r.detector, r.region) for r in regions])


def insert(butler: Butler, run: str, exposures: list[int], without: str = "") -> list[DatasetRef]:
    registry = butler.registry
    detectors = (1, 2, 3)
    visits = [record.id for record in registry.queryDimensionRecords("visit").order_by("visit")]
    patches = [r.dataId for r in registry.queryDimensionRecords("patch").order_by("skymap", "tract", "patch")]
    data_ids = {
        "raw": [{"instrument": "Cam1", "exposure": e, "detector": d} for e in exposures for d in detectors],
        "whole": [{"instrument": "Cam1", "exposure": e} for e in exposures],
        "calexp": [
            {"instrument": "Cam1", "visit": r.visit, "detector": r.detector}
            for r in registry.queryDimensionRecords("visit_detector_region").order_by("visit", "detector")
        ],
        "summary": [{"instrument": "Cam1", "visit": v} for v in visits],
        "coadd": [{**patch.required, "band": band} for patch in patches for band in "gr"],
        "both": [{"instrument": "Cam1", "visit": visits[0], **patches[0].required}],
        "twilight": [{"instrument": "Cam1", "detector": d, "physical_filter": f"Cam1-{f}"} for d in detectors for f in ("G", "R1")],
        "pixel": [{"htm7": 131072, "band": "g"}],
        "note": [{}],
        "log": [{"instrument": "Cam1", "exposure": exposures[0], "detector": 1}],
    }  # fmt: skip
    refs = []
    data_ids.pop(without, None)
    for name, ids in data_ids.items():
        refs += registry.insertDatasets(name, ids, run=run)
    return refs


def put_around_visits(butler: Butler, between: Callable[[], None]) -> None:
    """Put datasets before and after their visits are defined; ``between`` is called in between."""
    for name in ("base.yaml", "spatial.yaml"):
        butler.import_(filename=str(DATA / name), without_datastore=True)
    butler.collections.register(RUNS[0])
    for name in ("raw", "calexp"):
        dataset_type = DatasetType(name, TYPES[name], "StructuredDataDict", universe=butler.dimensions)
        butler.registry.registerDatasetType(dataset_type)
    exposures = insert_exposures(butler)
    for exposure in exposures:
        for detector in (1, 2, 3):
            butler.put({}, "raw", instrument="Cam1", exposure=exposure, detector=detector, run=RUNS[0])
    between()
    define_visits(butler, exposures)
    butler.put({}, "calexp", instrument="Cam1", visit=1, detector=2, run=RUNS[0])


def export_exposures(butler: Butler, document: Path) -> None:
    with butler.export(filename=str(document)) as export:
        for element in ("instrument", "physical_filter", "detector", "day_obs", "group", "exposure"):
            export.saveDimensionData(element, butler.registry.queryDimensionRecords(element))
        export.saveDatasets(butler.registry.queryDatasets("raw", collections=RUNS[0]), elements=())


def export_visits(butler: Butler, document: Path) -> None:
    with butler.export(filename=str(document)) as export:
        for element in ("visit", "visit_detector_region", "visit_definition"):
            export.saveDimensionData(element, butler.registry.queryDimensionRecords(element))
        export.saveDatasets(butler.registry.queryDatasets("calexp", collections=RUNS[0]), elements=())
