#!/usr/bin/env python3
"""Write by which templates, formatters and composites the stock package stores files.

``datastore/src/main/resources/equerry/datastore/stock-defaults.json`` has the
sections of a datastore that a ``butler.yaml`` may override, and for each
formatter the extension of the files that it writes and the others that it reads.
"""

from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import Path
from typing import Any

from lsst.daf.butler import Config
from lsst.utils.introspection import get_class_of

PROJECT = Path(__file__).resolve().parent.parent
TARGET = PROJECT / "datastore/src/main/resources/equerry/datastore/stock-defaults.json"
SECTIONS = ("templates", "formatters", "composites")

FITS = {"write": ".fits", "reads": [".fits", ".fits.gz", ".fits.fz", ".fz", ".fit"]}

# Formatters of packages that a package index does not have, from their sources.
ELSEWHERE: dict[str, dict[str, Any]] = {
    "lsst.atmospec.formatters.SpectractorFitParametersFormatter": {"write": ".json", "reads": [".json"]},
    "lsst.atmospec.formatters.SpectractorImageFormatter": {"write": ".fits", "reads": [".fits"]},
    "lsst.cell_coadds.CellCoaddFitsFormatter": FITS,
    "lsst.images.formatters.GenericFormatter": {
        "parameter": "format",
        "write": ".fits",
        "reads": [".fits", ".sdf", ".json"],
    },
    "lsst.meas.extensions.scarlet.io.ScarletModelFormatter": {"write": ".scarlet", "reads": [".scarlet"]},
    "lsst.obs.base.formatters.fitsExposure.FitsExposureFormatter": FITS,
    "lsst.obs.base.formatters.fitsExposure.FitsImageFormatter": FITS,
    "lsst.obs.base.formatters.fitsExposure.FitsMaskFormatter": FITS,
    "lsst.obs.base.formatters.fitsExposure.FitsMaskedImageFormatter": FITS,
    "lsst.obs.base.formatters.fitsGeneric.FitsGenericFormatter": FITS,
    "lsst.pipe.base.formatters.pexConfig.PexConfigFormatter": {"write": ".py", "reads": [".py"]},
    "lsst.pipe.tasks.healSparseMapping.HealSparseMapFormatter": {
        "write": ".hsp",
        "reads": [".hsp", ".fit", ".fits"],
    },
    "lsst.pipe.tasks.objectMasks.RegionFileFormatter": {"write": ".reg", "reads": [".reg"]},
}

# The one write parameter that decides about an extension, with its default.
BY_PARAMETER = {
    "lsst.daf.butler.formatters.astropyTable.AstropyTableFormatter": ("format", "ecsv"),
    "lsst.daf.butler.formatters.packages.PackagesFormatter": ("format", "yaml"),
}


def defaults() -> dict[str, Any]:
    config = Config("resource://lsst.daf.butler/configs/datastores/fileDatastore.yaml")["datastore"].toDict()
    config["formatters"].pop("write_recipes")
    config["composites"]["disassembled"].pop("__null__")
    return {name: config[name] for name in SECTIONS}


def extensions(names: set[str]) -> dict[str, dict[str, Any]]:
    found = dict(ELSEWHERE)
    for name in names:
        if not name.startswith("lsst.daf.butler."):
            continue
        cls = get_class_of(name)
        reads = set(cls.supported_extensions)
        entry: dict[str, Any] = {}
        if name in BY_PARAMETER:
            entry["parameter"], default = BY_PARAMETER[name]
            entry["write"] = f".{default}"
        elif cls.default_extension is not None:
            entry["write"] = cls.default_extension
        if "write" in entry:
            entry["reads"] = sorted(reads | {entry["write"]})
            found[name] = entry
    return dict(sorted(found.items()))


def main() -> None:
    sections = defaults()
    values = [v for k, v in sections["formatters"].items() if k != "default"]
    names = {v if isinstance(v, str) else v["formatter"] for v in values}
    document = {
        "source": f"Made by interop/make_datastore_defaults.py from lsst-daf-butler {version('lsst-daf-butler')}",
        **sections,
        "extensions": extensions(names),
    }
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(json.dumps(document, indent=1, sort_keys=False) + "\n")


if __name__ == "__main__":
    main()
