"""Small random repositories, with everything that a query can meet in them.

All rows follow from the seed, so that a failure's seed makes its repository again.
"""

from __future__ import annotations

import random
import uuid
from pathlib import Path

from astropy.time import Time, TimeDelta

from lsst.daf.butler import (
    Butler,
    CollectionType,
    Config,
    DataCoordinate,
    DatasetRef,
    DatasetType,
    DimensionElement,
    Timespan,
)
from lsst.daf.butler.registry import ConflictingDefinitionError
from lsst.sphgeom import Angle, Box, Circle, ConvexPolygon, HtmPixelization, LonLat, Region, UnitVector3d

MORNING = Time("2026-03-14T12:00:00", scale="tai", format="isot")
CAMERAS = ("CamA", "CamB")
SKYMAPS = ("SkyA", "SkyB")
BANDS = ("g", "r", "i")
RUNS = ("run/one", "run/two", "run/three", "run/empty")
TAGGED = ("tag/best", "tag/odd")
CALIBRATIONS = ("calib/a", "calib/b")
CHAINS = {
    "chain/plain": ("tag/best", "run/two", "run/one"),
    "chain/mixed": ("calib/a", "run/three", "run/one"),
    "chain/nested": ("chain/plain", "calib/b", "chain/mixed", "tag/odd"),
    "chain/empty": (),
}
COLLECTIONS = (*RUNS, *TAGGED, *CALIBRATIONS, *CHAINS)

# Dataset types by their dimensions; the calibrations can be certified.
CALIBRATION_TYPES = {
    "bias": ("instrument", "detector"),
    "flat": ("instrument", "detector", "physical_filter"),
    "fringe": ("instrument", "detector", "band"),
    "camera": ("instrument",),
}
DATASET_TYPES = {
    "raw": ("exposure", "detector"),
    "image": ("visit", "detector"),
    "summary": ("visit",),
    "diff": ("visit", "detector", "tract"),
    "warp": ("visit", "patch"),
    "coadd": ("patch", "band"),
    "sub_coadd": ("tract", "subfilter"),
    "table": ("tract",),
    "refcat": ("htm7",),
    "night": ("day_obs",),
    "group_log": ("group",),
    "map": ("skymap",),
    "notes": (),
    **CALIBRATION_TYPES,
}
WORDS = ("alpha", "beta", "gamma_1", "del%ta", "Alpha", "ünd [x]")


class RandomRepository:
    """Makes a repository of a seed's rows in a folder and, when named, a database."""

    def __init__(self, seed: int, root: Path, database: str | None = None) -> None:
        self._random = random.Random(f"repository {seed}")
        config = Config()
        if database is not None:
            config["registry", "db"] = database
            config["registry", "namespace"] = f"random_{seed}"
        Butler.makeRepo(str(root), config=config)
        self._butler = Butler.from_config(str(root), writeable=True)
        # Some skies lie about a pole or the first meridian, where shapes are odd.
        centre = self._random.choice([(40.0, -12.0), (0.1, 3.0), (200.0, 89.2)])
        self._centre = UnitVector3d(LonLat.fromDegrees(*centre))
        try:
            with self._butler.transaction():
                self._records()
            self._datasets()
        finally:
            self._butler.close()

    # Dimension records

    def _records(self) -> None:
        for camera in CAMERAS:
            self._insert("instrument", name=camera)
            self._camera(camera)
        for skymap in SKYMAPS:
            self._insert("skymap", name=skymap, hash=self._random.randbytes(40))
            for tract in range(2):
                self._insert("tract", skymap=skymap, id=tract, region=self._region(2.0))
                for patch in range(3):
                    cell = {"cell_x": patch, "cell_y": tract}
                    self._insert("patch", skymap=skymap, tract=tract, id=patch, region=self._region(0.9), **cell)
        for band in BANDS[:2]:
            for number in range(2):
                self._insert("subfilter", band=band, id=number)

    def _camera(self, camera: str) -> None:
        pick = self._random
        nights = [20260314 + n for n in range(3)]
        filters = [f"{camera}-{band}{n}" for band in BANDS for n in range(pick.choice([1, 1, 2]))]
        groups = [f"{camera} group {n}" for n in range(3)]
        for n in range(pick.choice([2, 3])):
            self._insert("detector", instrument=camera, id=n, full_name=f"D{n}", raft=pick.choice(["R0", "R1", None]))
        for name in filters:
            self._insert("physical_filter", instrument=camera, name=name, band=name.split("-")[1][0])
        for n, night in enumerate(nights):
            timespan = pick.choice([Timespan(MORNING + TimeDelta(n, format="jd"), None), self._timespan(n, 24.0), None])
            self._insert("day_obs", instrument=camera, id=night, timespan=timespan)
        for name in groups:
            self._insert("group", instrument=camera, name=name)
        for n in range(2):
            self._insert("visit_system", instrument=camera, id=n, name=f"system {n}")
        for n in range(pick.choice([3, 6])):
            common = {"instrument": camera, "day_obs": pick.choice(nights), "physical_filter": pick.choice(filters)}
            span = self._timespan(pick.randrange(3), pick.choice([0.5, 8.0]))
            self._insert("exposure", **common, group=pick.choice(groups), id=n, obs_id=f"o{n}", timespan=span)
            if pick.random() < 0.8:
                self._visit(common, n, span if pick.random() < 0.7 else self._timespan(pick.randrange(3), 3.0))

    def _visit(self, common: dict, n: int, span: Timespan | None) -> None:
        pick = self._random
        camera = {"instrument": common["instrument"], "visit": n}
        self._insert("visit", **common, id=n, name=f"v{n}", region=self._maybe(self._region(1.6)), timespan=span)
        self._insert("visit_definition", **camera, exposure=n)
        self._insert("visit_system_membership", **camera, visit_system=pick.randrange(2))
        detectors = self._butler.registry.queryDimensionRecords("detector", instrument=common["instrument"])
        for record in sorted(detectors, key=lambda r: r.id):
            if pick.random() < 0.8:
                region = self._maybe(self._region(0.8))
                self._insert("visit_detector_region", **camera, detector=record.id, region=region)

    def _insert(self, element_name: str, /, **values: object) -> None:
        """The columns that are not given get random values, NULL among them."""
        element = self._butler.dimensions[element_name]
        for column in element.metadata_columns:
            if column.name not in values:
                values[column.name] = self._maybe(self._value(column.type))
        self._butler.registry.insertDimensionData(element_name, values)

    def _value(self, kind: str) -> object:
        pick = self._random
        match kind:
            case "int":
                return pick.randrange(-2, 6)
            case "float":
                return pick.choice([0.0, -1.5, 30.0, round(pick.uniform(0, 60), 3)])
            case "bool":
                return pick.random() < 0.5
            case "string":
                return pick.choice(WORDS)
        raise AssertionError(kind)

    def _maybe(self, value: object) -> object:
        return None if self._random.random() < 0.12 else value

    def _timespan(self, night: int, hours: float) -> Timespan | None:
        pick = self._random
        begin = MORNING + TimeDelta(night + pick.randrange(24) / 24, format="jd")
        end = begin + TimeDelta(hours * 3600, format="sec")
        kinds = {"bounded": 12, "from": 1, "until": 1, "always": 1, "empty": 1, "null": 1}
        match pick.choices(list(kinds), list(kinds.values()))[0]:
            case "from":
                return Timespan(begin, None)
            case "until":
                return Timespan(None, end)
            case "always":
                return Timespan(None, None)
            case "empty":
                return Timespan.makeEmpty()
            case "null":
                return None
        return Timespan(begin, end)

    def _region(self, size: float) -> Region:
        return random_region(self._random, self._centre, size)

    # Datasets and collections

    def _datasets(self) -> None:
        butler = self._butler
        for run in RUNS:
            butler.collections.register(run)
        for name in TAGGED:
            butler.collections.register(name, CollectionType.TAGGED)
        for name in CALIBRATIONS:
            butler.collections.register(name, CollectionType.CALIBRATION)
        for name, children in CHAINS.items():
            butler.collections.register(name, CollectionType.CHAINED)
            butler.collections.redefine_chain(name, children)
        for name, dimensions in DATASET_TYPES.items():
            dataset_type = DatasetType(
                name,
                dimensions,
                "StructuredDataDict",
                universe=butler.dimensions,
                isCalibration=name in CALIBRATION_TYPES,
            )
            butler.registry.registerDatasetType(dataset_type)
            if self._random.random() < 0.95:
                self._fill(dataset_type)

    def _fill(self, dataset_type: DatasetType) -> None:
        pick = self._random
        data_ids = self._data_ids(dataset_type)
        refs: dict[str, list[DatasetRef]] = {}
        for run in RUNS[:3]:
            share = pick.choice([0.1, 0.5, 0.9])
            refs[run] = [
                DatasetRef(dataset_type, data_id, run, id=uuid.UUID(int=pick.getrandbits(128), version=4))
                for data_id in data_ids
                if pick.random() < share
            ]
            if refs[run]:
                self._butler.registry._importDatasets(refs[run])
        for tagged in TAGGED:
            run = pick.choice(RUNS[:3])
            chosen = [ref for ref in refs[run] if pick.random() < 0.5]
            self._butler.registry.associate(tagged, chosen)
        if dataset_type.isCalibration():
            self._certify([ref for of_run in refs.values() for ref in of_run])

    def _data_ids(self, dataset_type: DatasetType) -> list[DataCoordinate]:
        """At most 24 data IDs; their elements need not overlap."""
        butler = self._butler
        if "htm7" in dataset_type.dimensions.names:
            pixels = HtmPixelization(7).envelope(Circle(self._centre, Angle.fromDegrees(1.5)))
            ids = [i for begin, end in pixels for i in range(begin, end)]
            found = [DataCoordinate.standardize(htm7=i, universe=butler.dimensions) for i in ids]
        else:
            with butler.query() as query:
                parts = [list(query.data_ids(d.minimal_group)) for d in _independent(dataset_type)]
            values: list[dict] = [{}]
            for part in parts:
                values = [{**a, **p.mapping} for a in values for p in part if not _disagree(a, p.mapping)]
            found = [butler.registry.expandDataId(v) for v in values]
        unique = sorted({d.required_values: d for d in found}.items(), key=lambda item: str(item[0]))
        return [d for _, d in self._random.sample(unique, min(24, len(unique)))]

    def _certify(self, refs: list[DatasetRef]) -> None:
        for name in CALIBRATIONS:
            for ref in refs:
                for _ in range(self._random.choice([0, 0, 1, 2])):
                    span = self._timespan(self._random.randrange(3), self._random.choice([6.0, 24.0, 48.0]))
                    try:
                        self._butler.registry.certify(name, [ref], span or Timespan(None, None))
                    except ConflictingDefinitionError:
                        pass


def _independent(dataset_type: DatasetType) -> list[DimensionElement]:
    """The dimensions that no other of the type's dimensions needs."""
    group = dataset_type.dimensions
    needed = {n for d in group.names for n in group.universe[d].minimal_group.names if n != d}
    return [group.universe[n] for n in group.required if n not in needed]


def _disagree(a: dict, b: dict) -> bool:
    return any(k in b and b[k] != v for k, v in a.items() if k in ("instrument", "skymap", "band"))


def random_region(pick: random.Random, centre: UnitVector3d, size: float) -> Region:
    """A polygon, circle or box near a point; the size is in degrees."""
    lon = LonLat.longitudeOf(centre).asDegrees() + pick.uniform(-1.2, 1.2)
    lat = LonLat.latitudeOf(centre).asDegrees() + pick.uniform(-1.5, 1.5)
    lat = max(-89.5, min(89.5, lat))
    width = size * pick.uniform(0.3, 1.0)
    place = LonLat.fromDegrees(lon % 360.0, lat)
    match pick.choice(["polygon", "polygon", "circle", "box"]):
        case "circle":
            return Circle(UnitVector3d(place), Angle.fromDegrees(width / 2))
        case "box":
            half = Angle.fromDegrees(width / 2)
            return Box(place, half, half)
    top = min(lat + width / 2, 89.9)
    corners = [(lon, lat - width / 2), (lon + width, lat), (lon + width, top), (lon, top)]
    return ConvexPolygon([UnitVector3d(LonLat.fromDegrees(x % 360.0, y)) for x, y in corners])
