#!/usr/bin/env python3
"""Make a repository in the default dimension universe of the release that runs this.

    make_repository.py ROOT [DATABASE NAMESPACE]

Runs in the venv of any release from 26.0 on: it asks what the release and its
universe know and needs nothing of this project.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from astropy.time import Time

from lsst.daf.butler import Butler, CollectionType, Config, DatasetType, Timespan
from lsst.daf.butler.tests import MetricsExample
from lsst.sphgeom import ConvexPolygon, LonLat, UnitVector3d

INSTRUMENT = "ReleaseCam"
SKYMAP = "release_map"
NIGHT = 20260110
DETECTORS = (0, 1, 2)
VISITS = {101: "r", 102: "g", 103: "r", 104: "r"}
PATCHES = (0, 1, 2, 3)
RUNS = ("release/first", "release/second")
METRICS = "lsst.daf.butler.tests.testFormatters.MetricsExampleFormatter"


def config() -> Config:
    """A file datastore that stores one composite whole and one taken apart."""
    document = Config(
        {
            "storageClasses": {
                "ReleaseDict": {"pytype": "dict"},
                "ReleaseList": {"pytype": "list"},
                "ReleaseMetric": {
                    "pytype": "lsst.daf.butler.tests.MetricsExample",
                    "delegate": "lsst.daf.butler.tests.MetricsDelegate",
                    "components": {"summary": "ReleaseDict", "output": "ReleaseDict", "data": "ReleaseList"},
                },
                "ReleaseMetricApart": {"inheritsFrom": "ReleaseMetric"},
            }
        }
    )
    document["datastore"] = {
        "cls": "lsst.daf.butler.datastores.fileDatastore.FileDatastore",
        "root": "<butlerRoot>",
        "cached": {"default": False},
        "formatters": {
            "ReleaseDict": "lsst.daf.butler.formatters.json.JsonFormatter",
            "ReleaseList": "lsst.daf.butler.formatters.yaml.YamlFormatter",
            "ReleaseMetric": METRICS,
            "ReleaseMetricApart": METRICS,
        },
        "composites": {"default": False, "disassembled": {"ReleaseMetric": False, "ReleaseMetricApart": True}},
    }
    return document


def open_butler(root: str) -> Butler:
    if hasattr(Butler, "from_config"):
        return Butler.from_config(root, writeable=True)
    return Butler(root, writeable=True)


def polygon(ra: float, dec: float, side: float) -> ConvexPolygon:
    """A square of this side in degrees; the position is that of its first corner."""
    corners = ((ra, dec), (ra + side, dec), (ra + side, dec + side), (ra, dec + side))
    return ConvexPolygon([UnitVector3d(LonLat.fromDegrees(*corner)) for corner in corners])


def span(begin: str, end: str) -> Timespan:
    return Timespan(*(Time(t, scale="tai", format="isot") for t in (begin, end)))


def records() -> Iterator[tuple[str, dict]]:
    """The records in the order of their dependencies, with the fields of all universes."""
    camera = {"instrument": INSTRUMENT}
    yield (
        "instrument",
        {"name": INSTRUMENT, "visit_max": 999, "exposure_max": 999, "detector_max": 9, "visit_system": 0},
    )
    for i in DETECTORS:
        yield (
            "detector",
            {**camera, "id": i, "full_name": f"R0_S{i}", "name_in_raft": f"S{i}", "raft": "R0", "purpose": "SCIENCE"},
        )
    for band in "gr":
        yield "physical_filter", {**camera, "name": f"{band}_01", "band": band}
    yield "visit_system", {**camera, "id": 0, "name": "one-to-one"}
    yield "day_obs", {**camera, "id": NIGHT, "timespan": span("2026-01-10T12:00:00", "2026-01-11T12:00:00")}
    yield from observations(camera)
    yield "skymap", {"name": SKYMAP, "hash": bytes(range(20)), "tract_max": 1, "patch_nx_max": 2, "patch_ny_max": 2}
    yield "tract", {"skymap": SKYMAP, "id": 0, "region": polygon(10.0, -5.0, 2.2)}
    for i in PATCHES:
        yield (
            "patch",
            {
                "skymap": SKYMAP,
                "tract": 0,
                "id": i,
                "cell_x": i % 2,
                "cell_y": i // 2,
                "region": polygon(10.0 + i % 2, -5.0 + i // 2, 1.1),
            },
        )


def observations(camera: dict) -> Iterator[tuple[str, dict]]:
    """One exposure for each visit, in a row on the sky and in time; the last lies outside of the tract."""
    for i, (number, band) in enumerate(VISITS.items()):
        common = {
            **camera,
            "id": number,
            "physical_filter": f"{band}_01",
            "day_obs": NIGHT,
            "seq_num": i + 1,
            "exposure_time": 30.0 + i,
            "observation_reason": "science",
            "science_program": "release-test",
            "target_name": f"field-{i}",
            "azimuth": 12.5 * i,
            "zenith_angle": 30.0,
            "timespan": span(f"2026-01-11T0{i + 1}:00:00", f"2026-01-11T0{i + 1}:00:30"),
        }
        yield "group", {**camera, "name": f"group-{number}"}
        yield (
            "exposure",
            {
                **common,
                "obs_id": f"exposure-{number}",
                "group": f"group-{number}",
                "group_name": f"group-{number}",
                "group_id": number,
                "observation_type": "science",
                "tracking_ra": 10.5 + 3 * i,
                "tracking_dec": -4.5,
                "sky_angle": 0.5,
            },
        )
        place = polygon(10.1 + 0.9 * i if number != 104 else 80.0, -4.9, 0.8)
        yield "visit", {**common, "name": f"visit-{number}", "visit_system": 0, "region": place}
        yield "visit_system_membership", {**camera, "visit": number, "visit_system": 0}
        yield "visit_definition", {**camera, "exposure": number, "visit": number, "visit_system": 0}
        for detector in DETECTORS:
            part = polygon(10.1 + 0.9 * i + 0.25 * detector if number != 104 else 80.0 + 0.25 * detector, -4.9, 0.25)
            yield "visit_detector_region", {**camera, "visit": number, "detector": detector, "region": part}


def insert_records(butler: Butler) -> None:
    """Insert what this universe knows of the records."""
    universe = butler.dimensions
    for element, values in records():
        if element in universe:
            names = universe[element].RecordClass.fields.names
            butler.registry.insertDimensionData(element, {k: v for k, v in values.items() if k in names})


def register(butler: Butler) -> None:
    """The collections and the dataset types."""
    registry = butler.registry
    for run in RUNS:
        registry.registerCollection(run, CollectionType.RUN, doc=f"Made as {run}.")
    registry.registerCollection("release/tagged", CollectionType.TAGGED)
    registry.registerCollection("release/calib", CollectionType.CALIBRATION)
    for name, children in (
        ("release/runs", RUNS[::-1]),
        ("release/all", ("release/tagged", "release/runs", "release/calib")),
    ):
        registry.registerCollection(name, CollectionType.CHAINED)
        registry.setCollectionChain(name, children)
    for name, dimensions, storage_class, calibration in (
        ("config", (), "ReleaseDict", False),
        ("notes", ("instrument",), "ReleaseDict", False),
        ("source", ("instrument", "visit", "detector"), "ReleaseMetric", False),
        ("source_apart", ("instrument", "visit", "detector"), "ReleaseMetricApart", False),
        ("raw", ("instrument", "exposure", "detector"), "ReleaseDict", False),
        ("coadd", ("skymap", "tract", "patch", "band"), "ReleaseList", False),
        ("ref_cat", ("htm7",), "ReleaseList", False),
        ("bias", ("instrument", "detector"), "ReleaseDict", True),
    ):
        dataset_type = DatasetType(
            name, dimensions, storage_class, universe=butler.dimensions, isCalibration=calibration
        )
        registry.registerDatasetType(dataset_type)


def put_datasets(butler: Butler) -> None:
    """Datasets in both runs, one that hides another, tagged ones and certified ones."""
    camera = {"instrument": INSTRUMENT}
    first, second = RUNS
    butler.put({"c": 1}, "config", run=first)
    notes = butler.put({"text": "größe"}, "notes", camera, run=first)
    butler.put({"text": "hides the first"}, "notes", camera, run=second)
    for i, visit in enumerate(VISITS):
        for detector in DETECTORS[: 1 + i % 3]:
            data_id = {**camera, "visit": visit, "detector": detector}
            metric = MetricsExample({"visit": visit}, {"a": [detector]}, [1, 2.5, visit])
            butler.put(metric, "source", data_id, run=second if visit == 103 else first)
            butler.put(metric, "source_apart", data_id, run=first)
            butler.put({"d": detector}, "raw", {**camera, "exposure": visit, "detector": detector}, run=first)
    for patch in PATCHES[:3]:
        for band in "gr":
            data_id = {"skymap": SKYMAP, "tract": 0, "patch": patch, "band": band}
            butler.put([patch, band], "coadd", data_id, run=first)
    for index in butler.dimensions.skypix["htm"][7].pixelization.envelope(polygon(10.0, -5.0, 0.3)).ranges()[:2]:
        butler.put([index[0]], "ref_cat", {"htm7": index[0]}, run=first)
    butler.registry.associate("release/tagged", [notes])
    for run, begin, end in ((first, "2026-01-01", "2026-01-11T02:30:00"), (second, "2026-01-11T02:30:00", None)):
        biases = [butler.put({"run": run}, "bias", {**camera, "detector": d}, run=run) for d in DETECTORS[:2]]
        times = (None if t is None else Time(t, scale="tai") for t in (begin, end))
        butler.registry.certify("release/calib", biases, Timespan(*times))


def main() -> None:
    root, *database = sys.argv[1:]
    document = config()
    if database:
        document["registry", "db"], document["registry", "namespace"] = database
    Butler.makeRepo(root, config=document, forceConfigRoot=False)
    butler = open_butler(root)
    insert_records(butler)
    register(butler)
    put_datasets(butler)
    print(butler.dimensions.version)


if __name__ == "__main__":
    main()
