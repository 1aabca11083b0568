"""Write what the stock package makes of templates, constraints and formatters, for the unit tests.

Run with a Python that has lsst-daf-butler:
    python datastore/src/test/oracle/make_templates.py datastore/src/test/resources/equerry/datastore
"""

from __future__ import annotations

import gzip
import json
import sys
import uuid
from pathlib import Path

from lsst.daf.butler import (
    Config,
    DataCoordinate,
    DatasetRef,
    DatasetType,
    DimensionUniverse,
    FormatterFactory,
    StorageClassFactory,
)
from lsst.daf.butler.datastore.composites import CompositesConfig, CompositesMap
from lsst.daf.butler.datastore.constraints import Constraints
from lsst.daf.butler.datastore.file_templates import FileTemplate, FileTemplates

UNIVERSE = DimensionUniverse()
CLASSES = StorageClassFactory()
DEFAULTS = Config("resource://lsst.daf.butler/configs/datastores/fileDatastore.yaml")["datastore"]

RECORDS = {
    "instrument": {
        "name": "Cam1",
        "visit_max": 9,
        "visit_system": 1,
        "exposure_max": 9,
        "detector_max": 9,
        "class_name": "a.B",
    },
    "detector": {
        "instrument": "Cam1",
        "id": 1,
        "full_name": "A a",
        "name_in_raft": "a",
        "raft": "A",
        "purpose": "SCIENCE",
    },
    "physical_filter": {"instrument": "Cam1", "name": "Cam1-G", "band": "g"},
    "day_obs": {"instrument": "Cam1", "id": 20210909},
    "visit": {
        "instrument": "Cam1",
        "id": 1,
        "physical_filter": "Cam1-G",
        "day_obs": 20210909,
        "name": "v/1.x",
        "seq_num": None,
        "exposure_time": 30.5,
        "target_name": "test target",
        "observation_reason": "a:b|c",
        "science_program": "90#x",
        "zenith_angle": 1e-7,
        "azimuth": 12345678901234567890.0,
    },
    "exposure": {
        "instrument": "Cam1",
        "id": 100,
        "physical_filter": "Cam1-G",
        "day_obs": 20210909,
        "group": "g1",
        "obs_id": "obs.100",
        "exposure_time": 2.0,
        "dark_time": 2.25,
        "observation_type": "science",
        "seq_num": 7,
        "can_see_sky": True,
        "target_name": "x y?z",
    },
    "group": {"instrument": "Cam1", "name": "g1"},
    "skymap": {"name": "Sky/Map", "hash": b"\x01", "tract_max": 3, "patch_nx_max": 2, "patch_ny_max": 2},
    "tract": {"skymap": "Sky/Map", "id": 0},
    "patch": {"skymap": "Sky/Map", "tract": 0, "id": 2, "cell_x": 1, "cell_y": 1},
    "band": {"name": "g"},
}
RUN = "u/me/run1"
VALUES = {
    "instrument": "Cam1",
    "detector": 1,
    "physical_filter": "Cam1-G",
    "band": "g",
    "day_obs": 20210909,
    "visit": 1,
    "exposure": 100,
    "group": "g1",
    "skymap": "Sky/Map",
    "tract": 0,
    "patch": 2,
    "htm7": 240000,
    "healpix9": 17,
    "subfilter": 3,
}
ID = uuid.UUID("01a20b4e-0b18-7bb5-91f7-b2d43c213d0c")

TYPES = [
    ("calexp", ["visit", "detector"], "ExposureF"),
    ("raw", ["physical_filter", "detector", "exposure"], "Exposure"),
    ("raw", ["detector", "exposure"], "Exposure"),
    ("coadd", ["tract", "patch", "band"], "ExposureF"),
    ("refcat", ["htm7"], "SimpleCatalog"),
    ("twoskies", ["htm7", "healpix9"], "SimpleCatalog"),
    ("config", [], "Config"),
    ("packages", [], "Packages"),
    ("bias", ["detector"], "ExposureF"),
    ("filterthing", ["physical_filter"], "StructuredDataDict"),
    ("grouped", ["group", "detector"], "StructuredDataDict"),
    ("template", ["tract", "band", "subfilter"], "ExposureF"),
    ("calexp.wcs", ["visit", "detector"], "Wcs"),
    ("plot", ["skymap"], "Plot"),
]

TEMPLATES = [
    "{run:/}/{datasetType}.{component:?}/{visit:08d}/{detector.full_name}_{id}",
    "{run}/{visit.name}_{tract:?}x/{physical_filter}/{detector}",
    "{run:/}/a.b#c_{visit}_{detector}",
    "{run}/{visit.target_name:>20s}_{detector}",
    "{run}/{visit.target_name:*^20}_{detector:<5}x",
    "/abs/{run}/{visit}/{detector}",
    "{run}/{band}/{visit}/{detector}/",
    "{run}/../{visit}",
    "{visit}",
    "{run}",
    "{run}/{visit.nope}_{detector}",
    "{run}/{visit.nope:?}z/{detector}_{visit}",
    "{run}/{exposure|visit}_{detector}",
    "{run}/{collection}/{visit}",
    "{run}/{id}/{visit}_{detector}",
    "{run:/}/{{x{visit:?}}}{detector}",
    "{run:/}/{visit:+d}_{visit:x}_{visit:#>5}_{detector:03}",
    "{run:/}/{visit.exposure_time}_{visit}_{detector}",
    "{run:/}/{visit.exposure_time:.2f}_{visit}_{detector}",
    "{run:/}/{visit.zenith_angle}_{visit.azimuth}_{visit}_{detector}",
    "{run:/}/{visit.seq_num}_{visit}_{detector}",
    "{run:/}/{visit.observation_reason}_{visit}_{detector}",
    "{run:/}/{visit.name:/}_{visit}_{detector}",
    "{run:/}/{visit.name}_{visit}_{detector}",
    "{run:/}/{visit.science_program}/{visit}_{detector}",
    "{run:/}/{visit.science_program}_{visit}_{detector}",
    "{run:/}/{exposure.can_see_sky}_{exposure}_{detector}",
    "{run:/}/{exposure.obs_id|group:?}_{exposure.target_name}_{exposure}_{detector}",
    "{run:/}/{datasetType}_{skymap}_{tract}_{patch}_{band}",
    "{run:/}/{datasetType}_{skypix}_{run}",
    "{run:/}/{datasetType}_{skypix:?}_{htm7}_{healpix9}",
    "{run:/}/{datasetType}_{instrument}{detector:?}",
    "{run:/}/{datasetType}/{id}",
    "{run:/}/{datasetType}_{visit:s}_{detector}",
    "{run:/}/{datasetType:.3}_{visit!s:>4}_{detector}",
    "{run:/}/{datasetType:08}_{visit}_{detector}",
    "{run:/}/{visit}_{detector",
    "{run:/}/visit}_{detector}",
    "{run:/}/{component}/{visit}_{detector}",
    "{run:/}/{component:?}{datasetType}_{instrument}_{visit}_{detector}",
    "{run:/}/{instrument}_{physical_filter|visit:?}_{exposure|visit}_{detector}_{band:?}",
    "{run:/}/{instrument}_{detector}_{day_obs:?}_{id}",
    "{run:/}/{skymap}_{tract:05d}_{patch:X}_{band!s}_{subfilter:b}",
    "{run:/}/{datasetType}{tract.region:?}_{instrument}_{detector}",
]


def make_ref(name: str, dimensions: list[str], storage_class: str, *, expanded: bool) -> DatasetRef:
    group = UNIVERSE.conform(dimensions)
    parent = None
    if "." in name:
        parent = CLASSES.getStorageClass("ExposureF")
    dataset_type = DatasetType(
        name, group, CLASSES.getStorageClass(storage_class), parentStorageClass=parent
    )
    if expanded:
        data_id = DataCoordinate.from_full_values(
            group, tuple(VALUES[k] for k in group.required) + tuple(VALUES[k] for k in group.implied)
        )
        records = {
            e: UNIVERSE[e].RecordClass(**RECORDS[e]) if e in RECORDS else None for e in group.elements
        }
        data_id = data_id.expanded(records)
    else:
        data_id = DataCoordinate.from_required_values(group, tuple(VALUES[k] for k in group.required))
    return DatasetRef(dataset_type, data_id, run=RUN, id=ID)


def described(ref: DatasetRef) -> dict:
    parent = ref.datasetType.parentStorageClass
    records = None
    if ref.dataId.hasRecords():
        records = {
            e: {
                k: (v if not isinstance(v, bytes) else None)
                for k, v in RECORDS[e].items()
            }
            for e in ref.dimensions.elements
            if e in RECORDS
        }
    return {
        "name": ref.datasetType.name,
        "dimensions": list(ref.dimensions.names),
        "storageClass": ref.datasetType.storageClass_name,
        "parent": parent.name if parent else None,
        "values": list(ref.dataId.full_values if ref.dataId.hasFull() else ref.dataId.required_values),
        "run": ref.run,
        "id": str(ref.id),
        "records": records,
    }


def rendered(template: str, ref: DatasetRef) -> dict:
    """The path that ingest gives, and whether put accepts the template."""
    try:
        made = FileTemplate(template)
    except Exception as e:
        return {"broken": type(e).__name__}
    result: dict = {"fits": True}
    try:
        made.validateTemplate(ref)
    except Exception:
        result["fits"] = False
    try:
        result["path"] = made.format(ref)
    except Exception as e:
        result["error"] = type(e).__name__
    return result


def main() -> None:
    refs = [make_ref(*t, expanded=e) for t in TYPES for e in (True, False)]
    templates = FileTemplates(DEFAULTS["templates"], universe=UNIVERSE)
    formatters = FormatterFactory()
    keep = {k: v for k, v in DEFAULTS["formatters"].toDict().items() if k not in ("default", "write_recipes")}
    stock = {k: v for k, v in keep.items() if "lsst.daf.butler" in str(v)}
    special = {
        "calexp": "lsst.daf.butler.formatters.json.JsonFormatter",
        "detector+": "lsst.daf.butler.formatters.yaml.YamlFormatter",
        "skymap+tract+patch+band": "lsst.daf.butler.formatters.pickle.PickleFormatter",
        "nosuch+detector": "lsst.daf.butler.formatters.parquet.ParquetFormatter",
        "ExposureF": "lsst.daf.butler.formatters.matplotlib.MatplotlibFormatter",
        "instrument<Cam1>": {"raw": "lsst.daf.butler.formatters.logs.ButlerLogRecordsFormatter"},
        "instrument<Cam2>": {"bias": "lsst.daf.butler.formatters.json.JsonFormatter"},
    }
    formatters.registerFormatters(Config({**stock, **special}), universe=UNIVERSE)
    composites = {
        "default": False,
        "disassembled": {"calexp": True, "ExposureF": True, "detector+": False},
    }
    composite_map = CompositesMap(CompositesConfig(Config({"composites": composites})), universe=UNIVERSE)
    constraint_sets = [
        {"accept": ["calexp", "detector+"]},
        {"reject": ["ExposureF"]},
        {"accept": ["calexp"], "reject": ["all"]},
        {"accept": ["all"], "reject": ["ExposureF", "raw"]},
        {"accept": ["calexp", {"instrument<Cam1>": ["all"]}]},
        {"reject": [{"instrument<Cam1>": ["Exposure"]}, "tract+patch+band"]},
        {"accept": [{"instrument<Cam2>": ["raw"]}]},
        {"reject": [{"instrument<Cam1>": ["all"]}]},
    ]

    def formatter_of(ref: DatasetRef) -> str | None:
        try:
            cls = formatters.getFormatterClass(ref)
        except KeyError:
            return None
        return f"{cls.__module__}.{cls.__qualname__}"

    def default_path(ref: DatasetRef) -> dict:
        template = templates.getTemplate(ref)
        return rendered(template.template, ref)

    document = {
        "universe": UNIVERSE.dimensionConfig.toDict(),
        "refs": [described(r) for r in refs],
        "default": [default_path(r) for r in refs],
        "templates": {t: [rendered(t, r) for r in refs] for t in TEMPLATES},
        "formatters": {
            "section": special,
            "found": [formatter_of(r) for r in refs],
        },
        "composites": {
            "section": composites,
            "disassembled": [
                composite_map.shouldBeDisassembled(r) if r.isComposite() else None for r in refs
            ],
        },
        "constraints": [
            {"section": c, "accepted": [Constraints(Config(c), universe=UNIVERSE).isAcceptable(r) for r in refs]}
            for c in constraint_sets
        ],
    }
    target = Path(sys.argv[1]) / "templates.json.gz"
    with open(target, "wb") as out, gzip.GzipFile("", "wb", fileobj=out, mtime=0) as zipped:
        zipped.write(json.dumps(document, indent=1).encode())


if __name__ == "__main__":
    main()
