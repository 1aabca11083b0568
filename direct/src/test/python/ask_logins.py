#!/usr/bin/env python3
"""Asks ``lsst.utils.db_auth`` which login an entry of its file gives for a database,
and writes the answers to ``logins.csv``: entry, database URL, user (none: no login)."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from urllib.parse import urlparse

from lsst.utils.db_auth import DbAuth, DbAuthError

TARGET = Path(__file__).resolve().parent.parent / "resources/equerry/direct/logins.csv"

ENTRIES = [
    "postgresql://*",
    "postgresql://host.example.org",
    "postgresql://host.example.org/",
    "postgresql://*.example.org",
    "postgresql://*.example.com",
    "postgresql://h*t.EXAMPLE.org",
    "postgresql://host.example.org:5432",
    "postgresql://host.example.org:6432/butler",
    "postgresql://*.example.org/but*",
    "postgresql://*.example.org/other",
    "postgresql://host.example.org/bu.ler",
    "postgresql://me@host.example.org",
    "postgresql://you@host.example.org/butler",
    "mysql://*",
]
DATABASES = [
    "postgresql://host.example.org/butler",
    "postgresql://host.example.org:6432/butler",
    "postgresql://host.example.org:5432/butler",
    "postgresql://me@host.example.org/butler",
    "postgresql://HOST.example.org/butler",
    "postgresql+psycopg://host.example.org/butler",
    "postgresql://other/butler",
]


def user(entry: str, database: str) -> str:
    url = urlparse(database)
    auth = DbAuth(authList=[{"url": entry, "username": "reader", "password": "secret"}])
    try:
        name, _ = auth.getAuth(url.scheme, url.username, url.hostname, url.port, url.path.lstrip("/"))
    except DbAuthError:
        return ""
    return name or ""


def main() -> None:
    lines = ["entry,database,user"]
    lines += [f"{entry},{database},{user(entry, database)}" for entry, database in product(ENTRIES, DATABASES)]
    TARGET.write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
