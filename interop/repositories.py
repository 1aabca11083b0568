"""Makes the repositories that the interop tests read."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import psycopg

from lsst.daf.butler import (
    Butler,
    CollectionType,
    Config,
    DataCoordinate,
    DatasetRef,
    DatasetType,
    FileDataset,
)
from lsst.daf.butler.tests import MetricsExample
from lsst.resources import ResourcePath

PROJECT = Path(__file__).resolve().parent.parent
DEMO_ARCHIVE = PROJECT / "direct/src/test/resources/equerry/direct/demo-repository.zip"
DEMO_SQL = PROJECT / "direct/src/test/resources/equerry/direct/demo-postgresql.sql"
JSON_FORMATTER = "lsst.daf.butler.formatters.json.JsonFormatter"

INSTRUMENT = "PartsCam"
RUN = "parts/run"
SUMMARY = {"AM1": 5.2, "AM2": 30.6}
OUTPUT = {"a": [1, 2, 3], "b": {"blue": 5, "red": "green"}}
DATA = [563, 234, 456.7, 752, 8, 9, 27]
BIG_SIZE = 48 * 2**20
ODD_NAME = "größe & 100% [x]+1.json"


def unpack_demo(root: Path) -> None:
    with zipfile.ZipFile(DEMO_ARCHIVE) as archive:
        archive.extractall(root)


def unpack_demo_to_postgresql(root: Path, url: str) -> None:
    """The demo's files with its registry in the schema ``demo`` of a database."""
    unpack_demo(root)
    with psycopg.connect(url, autocommit=True) as connection:
        for statement in DEMO_SQL.read_text().splitlines():
            connection.execute(statement)
    (root / "gen3.sqlite3").unlink()
    config = Config(str(root / "butler.yaml"))
    config["registry", "db"] = url
    config["registry", "namespace"] = "demo"
    (root / "butler.yaml").unlink()
    config.dumpToUri(str(root / "butler.yaml"))


def _parts_config(where: str) -> Config:
    """Two chained file datastores; the second takes composites apart."""
    metrics = "lsst.daf.butler.tests.testFormatters.MetricsExampleFormatter"
    classes = {
        "PartsDict": {"pytype": "dict"},
        "PartsList": {"pytype": "list"},
        "PartsInt": {"pytype": "int"},
        "PartsMetric": {
            "pytype": "lsst.daf.butler.tests.MetricsExample",
            "delegate": "lsst.daf.butler.tests.MetricsDelegate",
            "components": {"summary": "PartsDict", "output": "PartsDict", "data": "PartsList"},
            "derivedComponents": {"counter": "PartsInt"},
        },
        "PartsMetricSplit": {"inheritsFrom": "PartsMetric"},
    }
    common = {
        "cls": "lsst.daf.butler.datastores.fileDatastore.FileDatastore",
        "cached": {"default": False},
        "formatters": {
            "PartsDict": JSON_FORMATTER,
            "PartsList": "lsst.daf.butler.formatters.yaml.YamlFormatter",
            "PartsMetric": metrics,
            "PartsMetricSplit": metrics,
        },
        "composites": {"default": False, "disassembled": {"PartsMetric": False, "PartsMetricSplit": True}},
    }
    stores = [
        {"datastore": {**common, "name": f"{name} of {where}", "root": f"{where}/{name}", "records": {"table": table}}}
        for name, table in (("one", "one_records"), ("two", "two_records"))
    ]
    config = Config({"storageClasses": classes})
    config["datastore"] = {
        "cls": "lsst.daf.butler.datastores.chainedDatastore.ChainedDatastore",
        "datastore_constraints": [
            {"constraints": {"accept": ["PartsList"]}},
            {"constraints": {"reject": ["PartsList"]}},
        ],
        "datastores": stores,
    }
    return config


class Parts:
    """A repository with every shape of file record.

    ``metric`` (one file), ``split`` (a file for each component), ``list`` (in the
    other datastore of the chain), ``shared`` (two datasets in one file), ``direct``
    (an absolute URI), ``odd`` (a name that URLs must quote), ``big``, ``gone`` (its
    file was deleted) and ``absent`` (no file at all).
    """

    def __init__(self, root: Path, where: str = "<butlerRoot>") -> None:
        self.outside = ResourcePath(where if "://" in where else str(root), forceDirectory=True).parent().join(
            f"{root.name}-outside", forceDirectory=True
        )
        self.outside.mkdir()
        self.refs: dict[str, DatasetRef] = {}
        Butler.makeRepo(str(root), config=_parts_config(where), forceConfigRoot=False)
        self._butler = Butler.from_config(str(root), writeable=True)
        self._fill()
        self._butler.close()

    def _fill(self) -> None:
        butler = self._butler
        butler.registry.insertDimensionData("instrument", {"name": INSTRUMENT, "detector_max": 10})
        for detector in (1, 2):
            butler.registry.insertDimensionData(
                "detector", {"instrument": INSTRUMENT, "id": detector, "full_name": f"D{detector}"}
            )
        butler.collections.register(RUN)
        butler.collections.register("parts/tag", CollectionType.TAGGED)
        metric = MetricsExample(dict(SUMMARY), dict(OUTPUT), list(DATA))
        self._put("metric", "PartsMetric", metric)
        self._put("split", "PartsMetricSplit", metric)
        self._put("list", "PartsList", DATA)
        self._put("gone", "PartsDict", {"x": 0})
        butler.getURI(self.refs["gone"]).remove()
        butler.registry._importDatasets([self._ref("absent", "PartsDict", 1)])

        aside = self.outside
        shared = aside.join("shared.json")
        shared.write(json.dumps({"shared": True}).encode())
        refs = [self._ref("shared", "PartsDict", 2), self._ref("shared", "PartsDict", 1)]
        butler.ingest(FileDataset(shared, refs, formatter=JSON_FORMATTER), transfer="copy")
        for name, file_name in (("direct", "direct.json"), ("odd", ODD_NAME)):
            path = aside.join(file_name)
            path.write(json.dumps({"name": name}).encode())
            self._ingest(name, path, "direct")
        big = aside.join("big.json")
        big.write(b" " * (BIG_SIZE - 2) + b"{}")
        self._ingest("big", big, "copy")

    def _ref(self, name: str, storage_class: str, detector: int) -> DatasetRef:
        universe = self._butler.dimensions
        dataset_type = DatasetType(name, ["instrument", "detector"], storage_class, universe=universe)
        self._butler.registry.registerDatasetType(dataset_type)
        data_id = DataCoordinate.standardize(instrument=INSTRUMENT, detector=detector, universe=universe)
        ref = DatasetRef(dataset_type, self._butler.registry.expandDataId(data_id), RUN)
        self.refs[name] = ref
        return ref

    def _put(self, name: str, storage_class: str, value: object) -> None:
        self._butler.put(value, self._ref(name, storage_class, 1))

    def _ingest(self, name: str, path: ResourcePath, mode: str) -> None:
        ref = self._ref(name, "PartsDict", 1)
        self._butler.ingest(FileDataset(path, [ref], formatter=JSON_FORMATTER), transfer=mode)
