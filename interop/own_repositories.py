"""A pytest plugin for the conformance suite: its repositories are made by ``equerry create``.

    PYTHONPATH=interop conformance/run.sh … -- -p own_repositories
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
from commands import equerry

from lsst.daf.butler import Config


def make_repository(
    root: str, config: Config | str | None = None, dimensionConfig: Config | str | None = None, **options: Any
) -> Config:
    """Stand in for ``make_repo_for_test``, whose parameters these are."""
    keep = options.pop("forceConfigRoot", True)
    if options:
        raise NotImplementedError(f"{options} in a test's repository")
    arguments: list[object] = ["create", root]
    with tempfile.TemporaryDirectory() as folder:
        for option, given in (("--seed-config", config), ("--dimension-config", dimensionConfig)):
            if given is not None:
                file = Path(folder) / f"{option.strip('-')}.yaml"
                Config(given).dumpToUri(str(file))
                arguments += [option, file]
        equerry(*arguments, *([] if keep else ["--override"]))
    return Config(str(Path(root) / "butler.yaml"))


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    from conf import harness

    harness.make_repo_for_test = make_repository
