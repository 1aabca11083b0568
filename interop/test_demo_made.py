"""``equerry demo`` makes of the survey what the stock package makes of it."""

from __future__ import annotations

from pathlib import Path

import registry_tables
import repositories
from commands import equerry

# Registered without a file, which an export document cannot say.
UNSTORED = "difference_image"


def test_demo_has_the_rows_and_files_of_the_stock_package(tmp_path: Path) -> None:
    theirs, ours = tmp_path / "theirs", tmp_path / "ours"
    repositories.unpack_demo(theirs)
    equerry("demo", "--root", ours, "--port", 0, "--check")

    rows = [registry_tables.read(root, keep_ids=True) for root in (ours, theirs)]
    unstored = {row[0] for row in rows[1]["dataset"] if UNSTORED in row}
    different = [
        line
        for line in registry_tables.differences(*rows)
        if UNSTORED not in line and not any(id_ in line for id_ in unstored)
    ]
    assert unstored and not different
    for file in (p for p in theirs.rglob("*") if p.is_file() and p.suffix in (".fits", ".json", ".parq", ".zip")):
        assert (ours / file.relative_to(theirs)).read_bytes() == file.read_bytes()
