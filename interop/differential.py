"""Asks random questions of the stock direct butler and of the server, and compares the answers.

Everything follows from the seed of a repository and the number of a question:

    python differential.py --seed 7 --questions 1000 --engine postgresql
    python differential.py --seed 7 --only 123 --engine sqlite
"""

from __future__ import annotations

import argparse
import dataclasses
import sys
import tempfile
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from astropy.time import Time
from postgres import Postgres, find_binaries
from question_maker import QuestionMaker
from random_question import JoinDatasets, Materialize, Question
from random_repository import CALIBRATION_TYPES, DATASET_TYPES, RandomRepository
from servers import Repository, Server

from lsst.daf.butler import Butler, ButlerUserError, DataCoordinate, DatasetRef, DimensionRecord, Timespan
from lsst.daf.butler.time_utils import TimeConverter
from lsst.sphgeom import Region

ENGINES = ("sqlite", "postgresql")
SHRINK_TRIES = 300
# Some questions need what a user's defaults give: collections and an instrument.
DEFAULTS = ({}, {"collections": ["chain/nested"], "instrument": "CamA"})


@dataclass(frozen=True)
class Outcome:
    """Rows, a number or messages; or the error's class. ``crashed`` is an error
    that is not meant for users: the stock package failed to answer."""

    rows: tuple[str, ...] = ()
    error: str | None = None
    crashed: bool = False
    message: str = ""

    def __str__(self) -> str:
        if self.error:
            return f"{self.error}: {self.message[:300]}"
        return f"{len(self.rows)} rows"


def outcome(question: Question, butler: Butler) -> Outcome:
    try:
        answer = question.answer(butler)
    except ButlerUserError as error:
        return Outcome(error=type(error).__name__, message=str(error))
    except Exception as error:
        return Outcome(error=type(error).__name__, crashed=True, message=str(error))
    if isinstance(answer, list):
        return Outcome(tuple(plain(row) for row in answer))
    return Outcome((plain(answer),))


def plain(value: Any) -> str:
    """A text that is equal for equal values, records and implied values among them."""
    match value:
        case DatasetRef():
            return f"{value.datasetType} {value.id} {value.run} {plain(value.dataId)}"
        case DataCoordinate():
            records = [plain(value.records[e]) for e in value.dimensions.elements] if value.hasRecords() else []
            return " ".join([plain(dict(value.mapping)), *records])
        case DimensionRecord():
            fields = value.definition.RecordClass.__slots__
            return f"{value.definition.name} {[plain(getattr(value, f)) for f in sorted(fields) if f != 'dataId']}"
        case dict():
            return str([f"{k}={plain(value[k])}" for k in sorted(value)])
        case Region():
            return value.encode().hex()
        case Timespan():
            return str(value.nsec)
        case Time():
            return str(TimeConverter().astropy_to_nsec(value))
        case uuid.UUID() | str() | bytes():
            return str(value)
    return repr(value)


@dataclass(frozen=True)
class Known:
    """A difference that is documented, with how to tell it."""

    name: str
    reason: str
    holds: Callable[[str, Question, Outcome, Outcome], bool]


def _calibration_is_asked(question: Question) -> bool:
    names = {s.dataset_type for s in question.steps if isinstance(s, JoinDatasets)} | set(question.result.arguments[:1])
    return bool(names & set(CALIBRATION_TYPES)) or question.result.method == "all_datasets"


def _has_dimensions(question: Question) -> bool:
    result = question.result
    if result.method == "general":
        return bool(result.arguments[0])
    return bool(DATASET_TYPES.get(result.arguments[0]))


KNOWN = (
    Known(
        "ambiguous calibration",
        "before PostgreSQL 16 the stock package does not notice ambiguous look-ups (docs/differences.md),"
        " and counts each dataset",
        lambda engine, question, stock, ours: (
            engine == "postgresql"
            and stock.error is None
            and _calibration_is_asked(question)
            and (
                ours.error == "CalibrationLookupError"
                or question.ask == "count"
                and dict(question.result.options).get("find_first") is True
            )
        ),
    ),
    Known(
        "repeated without dimensions",
        "the stock package does not fold rows to none of their dimensions: what has none is repeated for every"
        " row, and a materialization without dimensions always has a row",
        lambda engine, question, stock, ours: (
            stock.error is None
            and ours.error is None
            and (
                any(isinstance(step, Materialize) and step.dimensions == () for step in question.steps)
                or question.result.method == "all_datasets"
                and set(stock.rows) == set(ours.rows)
                or question.result.method in ("datasets", "general")
                and not _has_dimensions(question)
                and (set(stock.rows) == set(ours.rows) or question.ask == "count" or question.limit is not None)
            )
        ),
    ),
    Known(
        "certified datasets lost",
        "the stock package keeps any one of those certified for a data ID when dimensions are projected away",
        lambda engine, question, stock, ours: (
            stock.error is None
            and ours.error is None
            and _calibration_is_asked(question)
            and question.result.method in ("datasets", "general", "all_datasets")
            and dict(question.result.options).get("find_first") is False
            and (set(stock.rows) < set(ours.rows) or question.ask == "count" or question.limit is not None)
        ),
    ),
    Known(
        "runs told apart by an order",
        "before PostgreSQL 16 the stock package folds rows by all their fields when they have an order, and by their"
        " data IDs when they have none",
        lambda engine, question, stock, ours: (
            engine == "postgresql"
            and stock.error is None
            and ours.error is None
            and bool(question.order)
            and question.result.method == "general"
            and dict(question.result.options).get("find_first") is False
            and (set(ours.rows) < set(stock.rows) or question.limit is not None)
        ),
    ),
    Known(
        "lists in query_all_datasets",
        "the stock client cannot send a list in bind",
        lambda engine, question, stock, ours: (
            question.result.method == "all_datasets"
            and ours.error == "TypeError"
            and any(isinstance(value, list) for where in question.steps for _, value in where.term.bind)
        ),
    ),
    Known(
        "which type is at fault",
        "query_all_datasets asks for one dataset type after another: of two faults another may come first",
        lambda engine, question, stock, ours: (
            question.result.method == "all_datasets" and stock.error is not None and ours.error is not None
        ),
    ),
    Known(
        "materialized later",
        "the stock client materializes with the first use: of two errors another may come first",
        lambda engine, question, stock, ours: (
            stock.error is not None
            and ours.error is not None
            and stock.error != ours.error
            and any(isinstance(step, Materialize) for step in question.steps)
        ),
    ),
)


def difference(engine: str, question: Question, pair: Pair, tally: Counter[str]) -> str | None:
    """What is different, or None; the tally counts how the question ended."""
    stock, ours = outcome(question, pair.stock), outcome(question, pair.ours)
    detail = _compare(question, stock, ours, pair, ended := Counter())
    if detail is not None:
        for known in KNOWN:
            if known.holds(engine, question, stock, ours):
                tally[f"known: {known.name}"] += 1
                return None
    tally += ended
    return detail


def _compare(question: Question, stock: Outcome, ours: Outcome, pair: Pair, tally: Counter[str]) -> str | None:
    if stock.crashed:
        tally["the stock package fails"] += 1
        return None
    if stock.error or ours.error:
        tally["refused"] += 1
        return None if stock.error == ours.error else f"stock: {stock}\nours:  {ours}"
    tally["answered with rows" if stock.rows else "answered without rows"] += 1
    if question.total or question.ask in ("count", "any"):
        return None if stock.rows == ours.rows else _show(stock, ours)
    if question.ask == "rows" and question.limit is not None:
        everything = outcome(dataclasses.replace(question, limit=None), pair.stock)
        unknown = Counter() if everything.error else Counter(ours.rows) - Counter(everything.rows)
        wrong = len(stock.rows) != len(ours.rows) or unknown
        return _show(stock, ours) if wrong else None
    return None if Counter(stock.rows) == Counter(ours.rows) else _show(stock, ours)


def _show(stock: Outcome, ours: Outcome) -> str:
    lines = [f"stock: {stock}", f"ours:  {ours}"]
    missing, added = Counter(stock.rows) - Counter(ours.rows), Counter(ours.rows) - Counter(stock.rows)
    for title, rows in (("only stock", missing), ("only ours", added)):
        lines += [f"  {title}: {row[:300]}" for row in list(rows.elements())[:3]]
    if not missing and not added:
        lines.append("  the order differs")
        lines += [f"  {a[:140]} | {b[:140]}" for a, b in zip(stock.rows, ours.rows) if a != b][:4]
    return "\n".join(lines)


@dataclass
class Pair:
    stock: Butler
    ours: Butler


@dataclass
class Difference:
    engine: str
    seed: int
    number: int
    question: Question
    shrunk: Question
    detail: str

    def __str__(self) -> str:
        return (
            f"DIFFERENCE --engine {self.engine} --seed {self.seed} --only {self.number}\n"
            f"defaults: {DEFAULTS[self.number % len(DEFAULTS)]}\n"
            f"asked:  {self.question}\nshrunk: {self.shrunk}\n{self.detail}"
        )


@dataclass
class Comparison:
    """One random repository with its two butlers for each set of defaults."""

    engine: str
    seed: int
    repository: Repository
    tally: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        root = str(self.repository.root)
        self._pairs = [Pair(Butler.from_config(root, **d), self.repository.remote(**d)) for d in DEFAULTS]
        self._maker = QuestionMaker(self._pairs[0].stock)

    def close(self) -> None:
        for pair in self._pairs:
            pair.stock.close()
            pair.ours.close()

    def run(self, numbers: Iterable[int]) -> Iterator[Difference]:
        """The differences in the answers to the questions of these numbers."""
        for number in numbers:
            found = self.ask(self._maker.make(f"{self.seed} {number}"), number)
            if found is not None:
                yield found

    def ask(self, question: Question, number: int = 0) -> Difference | None:
        """The difference in the answers, with the smallest question that has one; the
        number chooses the defaults."""
        pair = self._pairs[number % len(self._pairs)]
        detail = difference(self.engine, question, pair, self.tally)
        if detail is None:
            return None
        shrunk, detail = self._shrink(question, detail, pair)
        return Difference(self.engine, self.seed, number, question, shrunk, detail)

    def _shrink(self, question: Question, detail: str, pair: Pair) -> tuple[Question, str]:
        """Leaves out one thing after another for as long as a difference stays."""
        tries = 0
        smaller = True
        while smaller:
            smaller = False
            for candidate in question.shrunk():
                tries += 1
                if tries > SHRINK_TRIES:
                    return question, detail
                still = difference(self.engine, candidate, pair, Counter())
                if still is not None:
                    question, detail, smaller = candidate, still, True
                    break
        return question, detail


def label(engine: str, seed: int) -> str:
    return f"random-{engine}-{seed}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1, help="seed of the first repository")
    parser.add_argument("--repositories", type=int, default=1, help="how many, with seeds in a row")
    parser.add_argument("--questions", type=int, default=1000, help="how many of each repository")
    parser.add_argument("--only", type=int, help="the number of the one question to ask")
    parser.add_argument("--engine", choices=ENGINES, action="append", help="both, when none is named")
    options = parser.parse_args()
    engines = options.engine or ENGINES
    seeds = range(options.seed, options.seed + options.repositories)
    numbers = range(options.questions) if options.only is None else [options.only]
    tally: Counter[str] = Counter()
    found = 0
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="equerry-differential-")))
        folder.chmod(0o755)
        labels = {label(e, s): folder / label(e, s) for e in engines for s in seeds}
        server = Server(folder, labels)
        stack.callback(server.stop)
        database = None
        if "postgresql" in engines:
            binaries = find_binaries()
            if binaries is None:
                parser.error("found no PostgreSQL: install a server or set EQUERRY_PG_BIN")
            postgres = Postgres(binaries)
            stack.callback(postgres.stop)
            database = postgres.url
        for seed in seeds:
            for engine in engines:
                name = label(engine, seed)
                RandomRepository(seed, labels[name], database if engine == "postgresql" else None)
                started = time.monotonic()
                comparison = Comparison(engine, seed, Repository(name, labels[name], server.url(name)))
                for one in comparison.run(numbers):
                    found += 1
                    print(one, end="\n\n", flush=True)
                comparison.close()
                tally += comparison.tally
                seconds = time.monotonic() - started
                print(f"{engine}, seed {seed}: {seconds:.0f} s, {dict(comparison.tally)}", flush=True)
    print(f"{sum(tally.values())} questions, {found} differences: {dict(tally)}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
