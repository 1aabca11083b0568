"""Kill commands at every point on both engines, and print the table of outcomes.

.venv-interop/bin/python interop/kill_report.py
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import kills
from postgres import Postgres, find_binaries
from s3 import BUCKET, S3, find_moto

ENGINES = ["sqlite", "postgresql"]


def rows(outcomes: list[kills.Outcome]) -> list[str]:
    """A line for each command and point: what was left on each engine."""
    table: dict[tuple[str, str], dict[str, str]] = {}
    for outcome in outcomes:
        left = f"{outcome.seen} ({', '.join(outcome.findings)})" if outcome.findings else outcome.seen
        text = f"FAULT: {outcome.faults[0]}" if outcome.faults else left
        table.setdefault((outcome.case.operation.name, outcome.case.point), {})[outcome.case.engine] = text
    lines = [f"{'command':24} {'killed at':28} {'sqlite':44} postgresql"]
    for (operation, point), found in table.items():
        lines.append(f"{operation:24} {point:28} {found.get('sqlite', '-'):44} {found.get('postgresql', '-')}")
    return lines


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engine", choices=ENGINES, action="append")
    parser.add_argument("--operation", action="append", help="only this command")
    parser.add_argument("--processes", type=int, default=2, help="how many at a time")
    arguments = parser.parse_args()
    engines = arguments.engine or ENGINES
    moto = find_moto()
    operations = [
        operation
        for operation in kills.operations(with_objects=moto is not None)
        if not arguments.operation or operation.name in arguments.operation
    ]
    postgres = Postgres(find_binaries()) if "postgresql" in engines else None
    urls = {"sqlite": None, "postgresql": postgres.url if postgres else None}
    s3 = None
    try:
        with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(arguments.processes) as pool:
            s3 = S3(moto, Path(folder)) if moto else None
            wards = {}
            for engine in engines:
                place = Path(folder) / engine
                place.mkdir()
                wards[engine] = kills.Ward(engine, place, urls[engine], f"s3://{BUCKET}" if s3 else None)
            cases = kills.cases(engines, operations)
            outcomes = list(pool.map(lambda case: wards[case.engine].run(case), cases))
    finally:
        for service in (postgres, s3):
            if service is not None:
                service.stop()
    print("\n".join(rows(outcomes)))
    faulty = [outcome for outcome in outcomes if outcome.faults]
    for outcome in faulty:
        print(f"\n{outcome.case}:", *outcome.faults, sep="\n  ")
    print(
        f"\n{len({o.case.point for o in outcomes})} points, {len(outcomes)} kills:"
        f" {sum(o.seen == 'nothing' for o in outcomes)} left nothing,"
        f" {sum(o.seen == 'everything' for o in outcomes)} everything, {len(faulty)} faults."
    )
    return 1 if faulty else 0


if __name__ == "__main__":
    sys.exit(main())
