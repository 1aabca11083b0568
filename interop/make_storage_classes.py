#!/usr/bin/env python3
"""Write which components the storage classes of the stock package have.

``direct/src/main/resources/equerry/direct/storage-classes.yaml`` has the form of
the section ``storageClasses`` of a ``butler.yaml``, reduced to the names of
components and their storage classes, those that a class inherits included.
"""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

import yaml

from lsst.daf.butler import StorageClassFactory
from lsst.daf.butler._storage_class import StorageClassConfig

PROJECT = Path(__file__).resolve().parent.parent
TARGET = PROJECT / "direct/src/main/resources/equerry/direct/storage-classes.yaml"


def components() -> dict[str, dict[str, dict[str, str]]]:
    config = StorageClassConfig()
    factory = StorageClassFactory()
    factory.addFromConfig(config)
    parts = {name: factory.getStorageClass(name).allComponents() for name in sorted(config)}
    return {
        name: {"components": {component: found.name for component, found in sorted(of_class.items())}}
        for name, of_class in parts.items()
        if of_class
    }


def main() -> None:
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    head = f"# Made by interop/make_storage_classes.py from lsst-daf-butler {version('lsst-daf-butler')}.\n"
    TARGET.write_text(head + yaml.safe_dump(components(), default_flow_style=None, width=110))


if __name__ == "__main__":
    main()
