#!/usr/bin/env python3
"""Write the defaults that the stock package adds to the configuration of a repository.

``direct/src/main/resources/equerry/direct/create/defaults.yaml`` has the values of a
``butler.yaml`` that says nothing, as ``butler create --standalone`` writes them out.
"""

from __future__ import annotations

import os
from importlib.metadata import version
from pathlib import Path

os.environ.pop("DAF_BUTLER_CONFIG_PATH", None)

from lsst.daf.butler import ButlerConfig

PROJECT = Path(__file__).resolve().parent.parent
TARGET = PROJECT / "direct/src/main/resources/equerry/direct/create/defaults.yaml"


def main() -> None:
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    head = f"# Made by interop/make_default_config.py from lsst-daf-butler {version('lsst-daf-butler')}.\n"
    text = ButlerConfig().dump()
    assert text is not None
    TARGET.write_text(head + text)


if __name__ == "__main__":
    main()
