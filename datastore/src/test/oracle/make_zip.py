"""Let the stock package make a zip file of datasets, for the unit tests to read.

Run with a Python that has lsst-daf-butler:
    python datastore/src/test/oracle/make_zip.py datastore/src/test/resources/equerry/datastore
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import uuid
from pathlib import Path

from lsst.daf.butler import Butler, DatasetRef, DatasetType
from lsst.sphgeom import Box

IDS = [uuid.UUID(f"01a20d93-ef8d-777a-b768-ec8ddf445d8{n}") for n in (1, 2)]


def main() -> None:
    with tempfile.TemporaryDirectory() as root, tempfile.TemporaryDirectory() as out:
        Butler.makeRepo(root)
        butler = Butler(root, writeable=True, run="u/zip")
        insert = butler.registry.insertDimensionData
        insert("instrument", {"name": "Cam1", "detector_max": 4, "class_name": "x"})
        insert("detector", {"instrument": "Cam1", "id": 1, "full_name": "Aa"})
        insert("skymap", {"name": "Sky", "hash": b"\x01\xff", "tract_max": 3, "patch_nx_max": 2, "patch_ny_max": 2})
        insert("tract", {"skymap": "Sky", "id": 0, "region": Box.fromDegrees(10, 20, 11, 21)})
        for name, dimensions, data_id, dataset_id in [
            ("bydetector", ["detector"], {"instrument": "Cam1", "detector": 1}, IDS[0]),
            ("bytract", ["tract"], {"skymap": "Sky", "tract": 0}, IDS[1]),
        ]:
            dataset_type = DatasetType(name, dimensions, "StructuredDataDict", universe=butler.dimensions)
            butler.registry.registerDatasetType(dataset_type)
            full = butler.registry.expandDataId(data_id, dimensions=dataset_type.dimensions)
            butler.put({"name": name}, DatasetRef(dataset_type, full, run="u/zip", id=dataset_id))
        refs = [butler.get_dataset(i, dimension_records=True) for i in IDS]
        made = butler.retrieve_artifacts_zip(refs, out)
        shutil.copy(made.ospath, Path(sys.argv[1]) / "stock.zip")
        print(made.basename())


if __name__ == "__main__":
    main()
