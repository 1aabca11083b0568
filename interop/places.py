"""Empty places for repositories, on either engine."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from pathlib import Path

from lsst.daf.butler import Config

_numbers = itertools.count(1)


@dataclass(frozen=True)
class Place:
    """Where a repository is to be.

    ``database`` is the URL of a PostgreSQL database and ``namespace`` a schema in it that
    is not there yet; both are None for SQLite.
    """

    root: Path
    database: str | None = None
    namespace: str | None = None

    def seed(self) -> Config:
        """The configuration that the stock package wants to make a repository here."""
        config = Config()
        if self.database is not None:
            config["registry", "db"] = self.database
            config["registry", "namespace"] = self.namespace
        return config

    def options(self) -> list[str]:
        """The options of ``equerry create`` for this place."""
        if self.database is None:
            return []
        return ["--database", self.database, "--namespace", str(self.namespace)]


def new_place(folder: Path, database: str | None) -> Place:
    """A place that nobody has used."""
    number = next(_numbers)
    namespace = None if database is None else f"place{number}_{folder.name.lower().replace('-', '_')}"[:50]
    return Place(folder / f"repository{number}", database, namespace)
