"""Commands that are killed leave nothing or everything; see ``kills``.

A third of the points, on the engines in turn; ``EQUERRY_ALL_KILLS=1`` tries each on one engine, and
``kill_report.py`` all on both.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import kills
import pytest
from postgres import Postgres
from s3 import BUCKET, S3, find_moto

PROCESSES = 2
ENGINES = ("sqlite", "postgresql")
STRIDE = 1 if os.environ.get("EQUERRY_ALL_KILLS") else 3
CASES = [
    kills.Case(operation, point, ENGINES[(i + j) % 2])
    for i, operation in enumerate(kills.operations(with_objects=find_moto() is not None))
    for j, point in enumerate(operation.points)
    if (i + j) % STRIDE == 0
]


@pytest.fixture(scope="module")
def outcomes(
    tmp_path_factory: pytest.TempPathFactory, postgres: Postgres, s3: S3 | None
) -> Iterator[dict[str, kills.Outcome]]:
    """All cases, several at a time."""
    urls = {"sqlite": None, "postgresql": postgres.url}
    bucket = f"s3://{BUCKET}" if s3 else None
    wards = {e: kills.Ward(e, tmp_path_factory.mktemp(e), urls[e], bucket) for e in ENGINES}
    with ThreadPoolExecutor(PROCESSES) as pool:
        done = pool.map(lambda case: wards[case.engine].run(case), CASES)
        yield {str(outcome.case): outcome for outcome in done}


@pytest.mark.parametrize("case", CASES, ids=str)
def test_nothing_or_everything(case: kills.Case, outcomes: dict[str, kills.Outcome]) -> None:
    outcome = outcomes[str(case)]
    assert outcome.faults == []
    assert outcome.seen in ("nothing", "everything") or case.operation.is_resumable


def test_every_point_is_tried() -> None:
    tried = {point for operation in kills.OPERATIONS for point in operation.points}
    assert set(kills.milestones()) - tried == set(kills.ELSEWHERE)
    assert len(tried) >= 30
