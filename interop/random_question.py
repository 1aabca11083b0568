"""Questions as plain values, so that they can be made of a seed, printed, asked and shrunk."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lsst.daf.butler import Butler, DataCoordinate
from lsst.daf.butler.queries import Query
from lsst.daf.butler.queries.tree import Predicate


@dataclass(frozen=True)
class Leaf:
    """A term of the where language, with the values that it binds."""

    text: str
    bind: tuple[tuple[str, Any], ...] = ()

    def shrunk(self) -> Iterator[Term]:
        return iter(())


@dataclass(frozen=True)
class Not:
    term: Term

    @property
    def text(self) -> str:
        return f"NOT ({self.term.text})"

    @property
    def bind(self) -> tuple[tuple[str, Any], ...]:
        return self.term.bind

    def shrunk(self) -> Iterator[Term]:
        yield self.term
        for smaller in self.term.shrunk():
            yield Not(smaller)


@dataclass(frozen=True)
class Several:
    """Terms joined by AND or by OR."""

    word: str
    terms: tuple[Term, ...]

    @property
    def text(self) -> str:
        return f" {self.word} ".join(f"({t.text})" for t in self.terms)

    @property
    def bind(self) -> tuple[tuple[str, Any], ...]:
        return tuple(pair for t in self.terms for pair in t.bind)

    def shrunk(self) -> Iterator[Term]:
        yield from self.terms
        for i, term in enumerate(self.terms):
            for smaller in term.shrunk():
                yield Several(self.word, (*self.terms[:i], smaller, *self.terms[i + 1 :]))


Term = Leaf | Not | Several


@dataclass(frozen=True)
class Where:
    """``Query.where`` with a text, or with keyword arguments."""

    term: Term | None = None
    data_id: tuple[tuple[str, Any], ...] = ()

    def apply(self, query: Query) -> Query:
        if self.term is None:
            return query.where(**dict(self.data_id))
        return query.where(self.term.text, bind=dict(self.term.bind) or None, **dict(self.data_id))

    def __str__(self) -> str:
        words = [repr(self.term.text)] if self.term else []
        if self.term and self.term.bind:
            words.append(f"bind={dict(self.term.bind)}")
        return f".where({', '.join(words + [f'{k}={v!r}' for k, v in self.data_id])})"

    def shrunk(self) -> Iterator[Where]:
        if self.term is not None and self.data_id:
            yield Where(self.term)
        for smaller in self.term.shrunk() if self.term is not None else ():
            yield Where(smaller, self.data_id)


@dataclass(frozen=True)
class WhereInQuery:
    """A key that must be among those of another query."""

    key: str
    of: tuple[Step, ...]
    negated: bool = False

    def apply(self, query: Query) -> Query:
        factory = query.expression_factory
        inner = query
        for step in self.of:
            inner = step.apply(inner)
        predicate: Predicate = getattr(factory, self.key).in_query(getattr(factory, self.key), inner)
        return query.where(factory.not_(predicate) if self.negated else predicate)

    def __str__(self) -> str:
        inner = "".join(map(str, self.of))
        return f".where({'not ' if self.negated else ''}x.{self.key}.in_query(x.{self.key}, query{inner}))"

    def shrunk(self) -> Iterator[WhereInQuery]:
        for smaller in shrunk_steps(self.of):
            yield dataclasses.replace(self, of=smaller)


@dataclass(frozen=True)
class JoinDimensions:
    dimensions: tuple[str, ...]

    def apply(self, query: Query) -> Query:
        return query.join_dimensions(self.dimensions)

    def __str__(self) -> str:
        return f".join_dimensions({list(self.dimensions)})"

    def shrunk(self) -> Iterator[JoinDimensions]:
        for i in range(len(self.dimensions)):
            yield JoinDimensions(self.dimensions[:i] + self.dimensions[i + 1 :])


@dataclass(frozen=True)
class JoinDatasets:
    dataset_type: str
    collections: tuple[str, ...]

    def apply(self, query: Query) -> Query:
        return query.join_dataset_search(self.dataset_type, self.collections)

    def __str__(self) -> str:
        return f".join_dataset_search({self.dataset_type!r}, {list(self.collections)})"

    def shrunk(self) -> Iterator[JoinDatasets]:
        if len(self.collections) > 1:
            for i in range(len(self.collections)):
                yield JoinDatasets(self.dataset_type, self.collections[:i] + self.collections[i + 1 :])


@dataclass(frozen=True)
class Upload:
    """Data IDs of the required values of a group of dimensions."""

    dimensions: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]

    def apply(self, query: Query) -> Query:
        group = query._driver.universe.conform(self.dimensions)
        return query.join_data_coordinates([DataCoordinate.from_required_values(group, row) for row in self.rows])

    def __str__(self) -> str:
        return f".join_data_coordinates({list(self.dimensions)}: {list(self.rows)})"

    def shrunk(self) -> Iterator[Upload]:
        if len(self.rows) > 1:
            yield Upload(self.dimensions, self.rows[: len(self.rows) // 2])
            yield Upload(self.dimensions, self.rows[len(self.rows) // 2 :])


@dataclass(frozen=True)
class Materialize:
    dimensions: tuple[str, ...] | None = None

    def apply(self, query: Query) -> Query:
        return query.materialize(dimensions=self.dimensions)

    def __str__(self) -> str:
        return f".materialize({'' if self.dimensions is None else f'dimensions={list(self.dimensions)}'})"

    def shrunk(self) -> Iterator[Materialize]:
        if self.dimensions is not None:
            yield Materialize()


Step = Where | WhereInQuery | JoinDimensions | JoinDatasets | Upload | Materialize


def shrunk_steps(steps: tuple[Step, ...]) -> Iterator[tuple[Step, ...]]:
    for i in range(len(steps)):
        yield steps[:i] + steps[i + 1 :]
    for i, step in enumerate(steps):
        for smaller in step.shrunk():
            yield (*steps[:i], smaller, *steps[i + 1 :])


@dataclass(frozen=True)
class Result:
    """What is asked for; ``method`` is that of `Query`, or ``all_datasets``."""

    method: str
    arguments: tuple[Any, ...] = ()
    options: tuple[tuple[str, Any], ...] = ()
    records: bool = False

    def apply(self, query: Query) -> Any:
        results = getattr(query, self.method)(*map(_thawed, self.arguments), **_thawed(self.options))
        return results.with_dimension_records() if self.records else results

    def __str__(self) -> str:
        words = [*map(repr, map(_thawed, self.arguments)), *(f"{k}={_thawed(v)!r}" for k, v in self.options)]
        return f".{self.method}({', '.join(words)}){'.with_dimension_records()' if self.records else ''}"

    def shrunk(self) -> Iterator[Result]:
        if self.records:
            yield dataclasses.replace(self, records=False)
        if self.method in ("data_ids", "general"):
            dimensions = self.arguments[0]
            for i in range(len(dimensions)):
                yield dataclasses.replace(self, arguments=(dimensions[:i] + dimensions[i + 1 :], *self.arguments[1:]))
        if self.method == "general":
            fields = self.arguments[1:]
            for i in range(len(fields)):
                yield dataclasses.replace(self, arguments=(self.arguments[0], *fields[:i], *fields[i + 1 :]))


def _thawed(value: Any) -> Any:
    """Tuples of pairs become dictionaries, as the API wants them."""
    if isinstance(value, tuple) and all(isinstance(v, tuple) and len(v) == 2 for v in value):
        return {k: _thawed(v) for k, v in value}
    return list(value) if isinstance(value, tuple) else value


@dataclass(frozen=True)
class Question:
    """Steps on a query, then a result of it, then what to learn of that result.

    ``total`` says that the order leaves nothing open. ``ask`` is ``rows``,
    ``count``, ``any`` or ``explain``, with its options.
    """

    steps: tuple[Step, ...]
    result: Result
    after: tuple[Where, ...] = ()
    order: tuple[str, ...] = ()
    limit: int | None = None
    total: bool = False
    ask: str = "rows"
    options: tuple[tuple[str, bool], ...] = ()

    def answer(self, butler: Butler) -> Any:
        if self.result.method == "all_datasets":
            return self._all_datasets(butler)
        with butler.query() as query:
            for step in self.steps:
                query = step.apply(query)
            results = self.result.apply(query)
            for where in self.after:
                results = where.apply(results)
            if self.order:
                results = results.order_by(*self.order)
            if self.limit is not None:
                results = results.limit(self.limit)
            match self.ask:
                case "rows":
                    return list(results)
                case "explain":
                    return list(results.explain_no_results(**dict(self.options)))
            return getattr(results, self.ask)(**dict(self.options))

    def _all_datasets(self, butler: Butler) -> Any:
        where = next((s for s in self.steps if isinstance(s, Where)), Where())
        return butler.query_all_datasets(
            **_thawed(self.result.options),
            where=where.term.text if where.term else "",
            bind=dict(where.term.bind) if where.term and where.term.bind else None,
            limit=self.limit,
            **dict(where.data_id),
        )

    def __str__(self) -> str:
        text = "query" + "".join(map(str, self.steps)) + str(self.result) + "".join(map(str, self.after))
        text += f".order_by{self.order!r}" if self.order else ""
        text += f".limit({self.limit})" if self.limit is not None else ""
        return f"{text} -> {self.ask}({', '.join(f'{k}={v}' for k, v in self.options)})"

    def shrunk(self) -> Iterator[Question]:
        """Questions with one thing less."""
        replace = dataclasses.replace
        if self.limit is not None:
            yield replace(self, limit=None)
        for i in range(len(self.order)):
            yield replace(self, order=self.order[:i] + self.order[i + 1 :], total=False)
        for i in range(len(self.after)):
            yield replace(self, after=self.after[:i] + self.after[i + 1 :])
        for i, where in enumerate(self.after):
            for smaller in where.shrunk():
                yield replace(self, after=(*self.after[:i], smaller, *self.after[i + 1 :]))
        for steps in shrunk_steps(self.steps):
            yield replace(self, steps=steps)
        for result in self.result.shrunk():
            yield replace(self, result=result, total=False)
