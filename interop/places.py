"""Empty places for repositories, on either engine."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from pathlib import Path

from lsst.daf.butler import Config

# The name of a datastore in a bucket, which would have the bucket's name in it else.
OBJECTS = "objects"

_numbers = itertools.count(1)


@dataclass(frozen=True)
class Place:
    """Where a repository is to be.

    ``database`` is the URL of a PostgreSQL database and ``namespace`` a schema in it that
    is not there yet; both are None for SQLite. ``files`` is the URI where files are to be, None for the
    folder.
    """

    root: Path
    database: str | None = None
    namespace: str | None = None
    files: str | None = None

    def seed(self) -> Config:
        """The configuration that the stock package wants to make a repository here."""
        config = Config()
        if self.database is not None:
            config["registry", "db"] = self.database
            config["registry", "namespace"] = self.namespace
        if self.files is not None:
            config["datastore", "root"] = self.files
            config["datastore", "name"] = OBJECTS
        return config

    def options(self) -> list[str]:
        """The options of ``equerry create`` for this place."""
        options = []
        if self.database is not None:
            options += ["--database", self.database, "--namespace", str(self.namespace)]
        if self.files is not None:
            seed = self.root.with_suffix(".seed.yaml")
            seed.write_text(f"datastore:\n  name: {OBJECTS}\n  root: {self.files}\n")
            options += ["--seed-config", str(seed), "--override"]
        return options


def new_place(folder: Path, database: str | None, bucket: str | None = None) -> Place:
    """A place that nobody has used, its files in a bucket if there is one."""
    number = next(_numbers)
    namespace = None if database is None else f"place{number}_{folder.name.lower().replace('-', '_')}"[:50]
    files = None if bucket is None else f"s3://{bucket}/place{number}"
    return Place(folder / f"repository{number}", database, namespace, files)
