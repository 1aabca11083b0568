"""Tiny repositories of every dimension universe and of the old schema."""

from __future__ import annotations

import json
import sqlite3
import tempfile
import uuid
from dataclasses import dataclass
from pathlib import Path

from astropy.time import Time

from lsst.daf.butler import (
    Butler,
    CollectionType,
    Config,
    DataCoordinate,
    DatasetRef,
    DatasetType,
    DimensionConfig,
    FileDataset,
    Timespan,
)
from lsst.resources import ResourcePath
from lsst.sphgeom import Angle, Circle, LonLat, UnitVector3d

IDS = uuid.UUID("0d6a9c36-8f25-5b6e-9d07-7c1f1c2f6a11")
INSTRUMENT = "OldCam"
RUN = "old/run"
TAGGED = "old/best"
CHAINED = "old/all"
CALIBRATION = "old/calib"
VISIT = 7
EXPOSURE = 70
_MANAGERS = "lsst.daf.butler.registry"


@dataclass(frozen=True)
class Variant:
    """A dimension universe and the versions of the two managers that differ."""

    name: str
    universe: int
    datasets_version: str = "2.0.0"
    name_keys: bool = False
    obscore: bool = False


VARIANTS = [
    *(Variant(f"universe{v}", v) for v in range(9)),
    Variant("datasets1-universe6", 6, datasets_version="1.0.0"),
    Variant("datasets1-namekey-universe3", 3, datasets_version="1.0.0", name_keys=True),
    Variant("obscore-universe8", 8, obscore=True),
]


def make_variant(variant: Variant, root: Path, database: str | None = None, namespace: str | None = None) -> None:
    """One instrument, one visit with a region, three datasets, four collections."""
    config = Config()
    config["registry", "managers", "datasets"] = {
        "cls": f"{_MANAGERS}.datasets.byDimensions.ByDimensionsDatasetRecordStorageManagerUUID",
        "schema_version": variant.datasets_version,
    }
    if variant.name_keys:
        config["registry", "managers", "collections"] = f"{_MANAGERS}.collections.nameKey.NameKeyCollectionManager"
    if variant.obscore:
        config["registry", "managers", "obscore"] = {
            "cls": f"{_MANAGERS}.obscore.ObsCoreLiveTableManager",
            "config": {
                "namespace": "daf_butler_obscore",
                "version": 0,
                "facility_name": "Old",
                "obs_collection": "OLD",
                "collection_type": "RUN",
                "collections": [RUN],
                "dataset_types": {"measurement": {"dataproduct_type": "measurements", "calib_level": 2}},
            },
        }
    if database is not None:
        config["registry", "db"] = database
        config["registry", "namespace"] = namespace
    source = f"resource://lsst.daf.butler/configs/old_dimensions/daf_butler_universe{variant.universe}.yaml"
    Butler.makeRepo(str(root), config=config, dimensionConfig=DimensionConfig(ResourcePath(source)))
    butler = Butler.from_config(str(root), writeable=True)
    try:
        _fill(butler)
    finally:
        butler.close()
    if database is None:
        _pin_ingest_dates(root / "gen3.sqlite3")


def _pin_ingest_dates(database_file: Path) -> None:
    """Both forms, TAI nanoseconds and UTC text, of 2020-01-03 00:00:00 TAI."""
    with sqlite3.connect(database_file) as connection:
        connection.execute(
            "UPDATE dataset SET ingest_date = CASE typeof(ingest_date)"
            " WHEN 'integer' THEN 1578009600000000000 ELSE '2020-01-02 23:59:23.000000' END"
        )
    connection.close()


def _fill(butler: Butler) -> None:
    _insert_records(butler)
    butler.collections.register(RUN)
    butler.collections.register(TAGGED, CollectionType.TAGGED, doc="Picked by hand.")
    butler.collections.register(CALIBRATION, CollectionType.CALIBRATION)
    butler.collections.register(CHAINED, CollectionType.CHAINED)
    butler.collections.redefine_chain(CHAINED, [TAGGED, RUN, CALIBRATION])
    with tempfile.TemporaryDirectory() as staging:
        ingest = _Ingest(butler, Path(staging))
        notes = ingest("notes", ["instrument"], instrument=INSTRUMENT)
        ingest("measurement", ["instrument", "visit", "detector"], instrument=INSTRUMENT, visit=VISIT, detector=1)
        bias = ingest("bias", ["instrument", "detector"], calibration=True, instrument=INSTRUMENT, detector=1)
    butler.registry.associate(TAGGED, [notes])
    noon = Time("2020-01-01T12:00:00", scale="tai", format="isot")
    butler.registry.certify(CALIBRATION, [bias], Timespan(noon, None))


def _insert_records(butler: Butler) -> None:
    universe = butler.dimensions

    def insert(element: str, **values: object) -> None:
        """Insert what this universe knows of the values."""
        if element not in universe:
            return
        names = universe[element].RecordClass.fields.names
        butler.registry.insertDimensionData(element, {k: v for k, v in values.items() if k in names})

    def times(begin: str, end: str) -> Timespan:
        return Timespan(*(Time(t, scale="tai", format="isot") for t in (begin, end)))

    cam = {"instrument": INSTRUMENT}
    night = {"day_obs": 20200101, "physical_filter": "old-r", "group": "g70"}
    second = times("2020-01-02T01:00:00", "2020-01-02T01:00:30")
    insert(
        "instrument", name=INSTRUMENT, visit_max=100, exposure_max=100, detector_max=4, visit_system=0, class_name="old.Cam"
    )
    insert("detector", **cam, id=1, full_name="A1", name_in_raft="1", raft="A", purpose="SCIENCE")
    insert("physical_filter", **cam, name="old-r", band="r")
    insert("visit_system", **cam, id=0, name="one-to-one")
    insert("day_obs", **cam, id=20200101, timespan=times("2020-01-01T12:00:00", "2020-01-02T12:00:00"))
    insert("group", **cam, name="g70")
    insert(
        "exposure",
        **cam,
        **night,
        id=EXPOSURE,
        obs_id="old70",
        exposure_time=30.0,
        seq_num=1,
        group_name="g70",
        group_id=70,
        observation_type="science",
        observation_reason="test",
        timespan=second,
    )
    centre = UnitVector3d(LonLat.fromDegrees(12.0, 34.0))
    insert(
        "visit",
        **cam,
        **night,
        id=VISIT,
        name="old70",
        visit_system=0,
        exposure_time=30.0,
        seq_num=1,
        region=Circle(centre, Angle.fromDegrees(0.5)),
        timespan=second,
    )
    insert("visit_detector_region", **cam, visit=VISIT, detector=1, region=Circle(centre, Angle.fromDegrees(0.4)))
    insert("visit_definition", **cam, exposure=EXPOSURE, visit=VISIT, visit_system=0)
    insert("visit_system_membership", **cam, visit=VISIT, visit_system=0)


class _Ingest:
    """Registers a dataset type and ingests one JSON file of it under a fixed id."""

    def __init__(self, butler: Butler, staging: Path) -> None:
        self._butler = butler
        self._staging = staging

    def __call__(
        self, name: str, dimensions: list[str], *, calibration: bool = False, **data_id: int | str
    ) -> DatasetRef:
        butler = self._butler
        dataset_type = DatasetType(
            name, dimensions, "StructuredDataDict", universe=butler.dimensions, isCalibration=calibration
        )
        butler.registry.registerDatasetType(dataset_type)
        coordinate = butler.registry.expandDataId(DataCoordinate.standardize(data_id, universe=butler.dimensions))
        ref = DatasetRef(dataset_type, coordinate, RUN, id=uuid.uuid5(IDS, name))
        path = self._staging / f"{name}.json"
        path.write_text(json.dumps({"name": name, "universe": butler.dimensions.version}))
        formatter = "lsst.daf.butler.formatters.json.JsonFormatter"
        butler.ingest(FileDataset(str(path), [ref], formatter=formatter), transfer="move")
        return ref
