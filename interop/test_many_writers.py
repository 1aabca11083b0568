"""Writers in many processes at once; see ``many_writers``, which does the same for longer."""

from __future__ import annotations

from pathlib import Path

import many_writers
import pytest
from postgres import Postgres

SECONDS = 10


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
@pytest.mark.parametrize("stock", [0, 4], ids=["ours", "mixed"])
def test_nothing_is_lost_or_doubled(engine: str, stock: int, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    postgres: Postgres | None = request.getfixturevalue("postgres") if engine == "postgresql" else None
    root = many_writers.prepare(tmp_path, postgres, f"many_{engine}_{stock}")
    report = many_writers.run(root, engine, 8 - stock, stock, SECONDS, tmp_path)
    print(report)
    assert report.faults == []
    assert report.done.total() > 50
