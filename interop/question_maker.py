"""Makes random questions about a random repository."""

from __future__ import annotations

import math
import random
from collections.abc import Iterable
from typing import Any

from astropy.time import Time, TimeDelta
from random_question import (
    JoinDatasets,
    JoinDimensions,
    Leaf,
    Materialize,
    Not,
    Question,
    Result,
    Several,
    Step,
    Term,
    Upload,
    Where,
    WhereInQuery,
)
from random_repository import (
    CALIBRATION_TYPES,
    CALIBRATIONS,
    CHAINS,
    COLLECTIONS,
    DATASET_TYPES,
    MORNING,
    RUNS,
    TAGGED,
    random_region,
)

from lsst.daf.butler import Butler, DimensionGroup, Timespan
from lsst.sphgeom import LonLat, UnitVector3d

ELEMENTS = (
    "instrument", "skymap", "detector", "physical_filter", "day_obs", "group", "visit_system", "exposure", "visit",
    "visit_definition", "visit_detector_region", "visit_system_membership", "tract", "patch", "subfilter",
)  # fmt: skip
SHAPES = (
    (), ("instrument",), ("skymap",), ("band",), ("physical_filter",), ("detector",), ("day_obs",), ("group",),
    ("visit",), ("exposure",), ("tract",), ("patch",), ("subfilter",), ("visit", "detector"), ("exposure", "detector"),
    ("exposure", "visit"), ("visit", "visit_system"), ("patch", "band"), ("detector", "physical_filter"),
    ("visit", "tract"), ("visit", "patch"), ("visit", "detector", "patch"), ("visit", "detector", "tract"),
    ("visit", "htm7"), ("patch", "htm7"), ("tract", "htm7"), ("visit", "detector", "htm7"), ("exposure", "tract"),
    ("day_obs", "exposure", "detector"), ("visit", "patch", "htm7"), ("visit", "htm9"), ("tract", "subfilter"),
)  # fmt: skip
COMPARISONS = ("=", "!=", "<", "<=", ">", ">=")
REGION_ELEMENTS = ("visit", "visit_detector_region", "tract", "patch")
TIMESPAN_ELEMENTS = ("exposure", "visit", "day_obs")
GOVERNORS = {"instrument": "CamA", "skymap": "SkyA"}
FULL_CHAINS = tuple(name for name, children in CHAINS.items() if children)
DATASET_FIELDS = ("dataset_id", "run", "collection", "ingest_date", "timespan")


class QuestionMaker:
    def __init__(self, butler: Butler) -> None:
        """Reads all dimension records, for values that questions can ask for."""
        self._universe = butler.dimensions
        self._values: dict[tuple[str, str], list[Any]] = {}
        self._types: dict[str, dict[str, str]] = {}
        self._columns(butler)
        regions = [r for e in REGION_ELEMENTS for r in self._values[e, "region"] if r is not None]
        self._centre = regions[0].getBoundingCircle().getCenter() if regions else UnitVector3d.X()
        everything = butler.query_datasets("raw", COLLECTIONS, find_first=False, explain=False)
        self._ids = sorted(str(r.id) for r in everything) or ["0d6a9c36-8f25-5b6e-9d07-7c1f1c2f6a11"]

    def _columns(self, butler: Butler) -> None:
        for name in ELEMENTS:
            element = self._universe[name]
            keys = list(element.required.names)
            records = butler.query_dimension_records(name, explain=False, order_by=keys, limit=None)
            self._types[name] = {}
            for column in element.metadata_columns:
                self._types[name][column.name] = column.type
            for key in getattr(element, "alternate_keys", ()):
                self._types[name][key.name] = key.type
            for field in (*self._types[name], "region", "timespan"):
                if hasattr(element.RecordClass, field) or field in self._types[name]:
                    self._values[name, field] = [getattr(r, field) for r in records]
            for dimension in element.required.names:
                self._values[name, dimension] = [r.dataId[dimension] for r in records]
        self._values["band", "band"] = ["g", "r", "i", "z"]
        self._values["htm7", "htm7"] = sorted({i for r in self._regions_of(butler) for i in r})

    def _regions_of(self, butler: Butler) -> Iterable[Iterable[int]]:
        pixelization = self._universe.skypix_dimensions["htm7"].pixelization
        for element in REGION_ELEMENTS:
            for region in self._values[element, "region"]:
                if region is not None:
                    for begin, end in pixelization.envelope(region):
                        yield range(begin, min(end, begin + 50))

    def make(self, seed: str) -> Question:
        return _Maker(self, random.Random(f"question {seed}")).question()


class _Maker:
    """One question."""

    def __init__(self, known: QuestionMaker, pick: random.Random) -> None:
        self._known = known
        self._pick = pick
        self._universe = known._universe
        self._joined: list[str] = []
        self._binds = 0

    def question(self) -> Question:
        pick = self._pick
        if pick.random() < 0.04:
            return self._all_datasets()
        if pick.random() < 0.06:
            return self._over_one_place()
        group = self._universe.conform(pick.choice(SHAPES))
        steps, group = self._steps(group, depth=0)
        result, result_group, unique, fields = self._result(group)
        after = tuple(self._where(group | result_group) for _ in range(2) if pick.random() < 0.12)
        order, total = self._order(result_group, unique, fields)
        limit = pick.choice([0, 1, 2, 3, 5, 10]) if pick.random() < 0.25 else None
        ask, options = self._ask()
        return Question(tuple(steps), result, after, order, limit, total, ask, options)

    def _ask(self) -> tuple[str, tuple[tuple[str, bool], ...]]:
        pick = self._pick
        match pick.choices(["rows", "count", "any", "explain"], [78, 9, 7, 6])[0]:
            case "count":
                exact = pick.random() < 0.8
                return "count", (("exact", exact), ("discard", exact and pick.random() < 0.8))
            case "any":
                execute = pick.random() < 0.8
                return "any", (("execute", execute), ("exact", execute and pick.random() < 0.8))
            case "explain":
                return "explain", (("execute", pick.random() < 0.7),)
        return "rows", ()

    def _all_datasets(self) -> Question:
        pick = self._pick
        options = {
            "collections": self._collections(),
            "name": pick.choice(["*", "*a*", ("raw", "bias"), "image", "[a-c]*"]),
            "find_first": pick.random() < 0.6,
        }
        terms: list[Step] = []
        if pick.random() < 0.7:
            terms.append(Where(self._governor("instrument") if pick.random() < 0.6 else self._all_datasets_leaf()))
        limit = pick.choice([None, None, None, 3])
        return Question(tuple(terms), Result("all_datasets", (), tuple(options.items())), limit=limit)

    def _all_datasets_leaf(self) -> Term:
        group = self._universe.conform(self._pick.choice([("visit",), ("detector",), ("tract",), ("exposure",)]))
        return Several("AND", (self._governor("instrument"), self._leaf(group)))

    def _over_one_place(self) -> Question:
        """Datasets that overlap one visit, detector, tract or patch."""
        pick = self._pick
        name = pick.choice([n for n, d in DATASET_TYPES.items() if {"visit", "tract", "patch"} & {*d}])
        element = pick.choice(REGION_ELEMENTS)
        required = self._universe[element].required.names
        records = list(zip(*(self._known._values[element, key] for key in required), strict=True))
        place = tuple(zip(required, pick.choice(records), strict=True))
        self._joined.append(name)
        steps: list[Step] = [JoinDatasets(name, self._collections(name)), Where(None, place)]
        steps += [Where(self._governor(governor)) for governor in GOVERNORS]
        if pick.random() < 0.2:
            steps.append(self._where(self._universe.conform(DATASET_TYPES[name])))
        result, group, unique, fields = self._result(self._universe.conform(DATASET_TYPES[name]))
        order, total = self._order(group, unique, fields)
        limit = pick.choice([1, 2, 5]) if pick.random() < 0.25 else None
        ask, options = self._ask()
        return Question(tuple(steps), result, (), order, limit, total, ask, options)

    # Steps

    def _steps(self, group: DimensionGroup, depth: int) -> tuple[list[Step], DimensionGroup]:
        pick = self._pick
        steps: list[Step] = []
        if pick.random() < 0.5:
            steps.append(JoinDimensions(tuple(sorted(group.required))))
        for _ in range(pick.choices([0, 1, 2], [45, 42, 13])[0]):
            name = self._dataset_type(group)
            if name not in self._joined:
                self._joined.append(name)
                steps.append(JoinDatasets(name, self._collections(name)))
                group = group | self._universe.conform(DATASET_TYPES[name])
        if pick.random() < 0.1:
            upload = self._upload(group)
            steps.append(upload)
            group = group | self._universe.conform(upload.dimensions)
        pick.shuffle(steps)
        steps.extend(self._where(group) for _ in range(pick.choices([0, 1, 2], [30, 60, 10])[0]))
        if depth == 0 and pick.random() < 0.08:
            steps.append(self._in_query(group))
        if depth == 0 and pick.random() < 0.1:
            dimensions = None if pick.random() < 0.5 else tuple(sorted(group.required))
            if dimensions is None:
                steps.insert(0, JoinDimensions(tuple(sorted(group.required))))
            steps.append(Materialize(dimensions))
        return steps, group

    def _dataset_type(self, group: DimensionGroup) -> str:
        pick = self._pick
        near = [n for n, d in DATASET_TYPES.items() if self._universe.conform(d) <= group]
        if near and pick.random() < 0.6:
            return pick.choice(near)
        return pick.choice(list(CALIBRATION_TYPES) if pick.random() < 0.3 else list(DATASET_TYPES))

    def _collections(self, name: str = "") -> tuple[str, ...]:
        pick = self._pick
        if name in CALIBRATION_TYPES and pick.random() < 0.6:
            pool = (*CALIBRATIONS, "chain/mixed", "chain/nested")
        else:
            pool = (*COLLECTIONS, *CHAINS) if pick.random() < 0.1 else (*RUNS[:3], *TAGGED, *CALIBRATIONS, *FULL_CHAINS)
        return tuple(pick.sample(pool, min(len(pool), pick.choices([1, 2, 3], [60, 28, 12])[0])))

    def _upload(self, group: DimensionGroup) -> Upload:
        pick = self._pick
        name = pick.choice([n for n in ELEMENTS if self._universe[n].minimal_group <= group] or ["detector"])
        required = self._universe[name].minimal_group.required
        columns = [self._known._values[name, d] if (name, d) in self._known._values else [] for d in required]
        rows = list(zip(*columns, strict=True)) or [tuple(1 for _ in required)]
        rows = pick.sample(rows, min(len(rows), pick.choice([1, 2, 5, 20])))
        return Upload(tuple(self._universe[name].minimal_group.required), tuple(rows))

    def _in_query(self, group: DimensionGroup) -> WhereInQuery:
        pick = self._pick
        keys = [k for k in group.names if k in ("visit", "exposure", "detector", "tract", "patch", "band", "day_obs",
                                                "physical_filter", "htm7")]  # fmt: skip
        key = pick.choice(keys or ["detector"])
        shapes = [s for s in SHAPES if key in self._universe.conform(s)]
        joined, self._joined = self._joined, []
        steps, _ = self._steps(self._universe.conform(pick.choice(shapes or [(key,)])), depth=1)
        self._joined = joined
        return WhereInQuery(key, (JoinDimensions((key,)), *steps), negated=pick.random() < 0.3)

    # Terms

    def _where(self, group: DimensionGroup) -> Where:
        pick = self._pick
        if pick.random() < 0.08:
            keys = [k for k in group.required if self._keys(k)]
            chosen = pick.sample(keys, min(len(keys), 2))
            return Where(None, tuple((k, pick.choice(self._keys(k))) for k in chosen))
        terms: list[Term] = [self._governor(g) for g in GOVERNORS if g in group and pick.random() < 0.75]
        terms += [self._term(group, 0) for _ in range(pick.choices([0, 1, 2, 3], [35, 45, 15, 5])[0])]
        if not terms:
            return Where(self._leaf(group))
        return Where(terms[0] if len(terms) == 1 else Several("AND", tuple(terms)))

    def _governor(self, name: str) -> Leaf:
        pick = self._pick
        value = GOVERNORS[name] if pick.random() < 0.8 else GOVERNORS[name].replace("A", pick.choice("BBBZ"))
        return Leaf(f"{name} = '{value}'") if pick.random() < 0.93 else Leaf(f"{name} != '{value}'")

    def _term(self, group: DimensionGroup, depth: int) -> Term:
        pick = self._pick
        roll = pick.random()
        if depth < 2 and roll < 0.12:
            return Several("OR", tuple(self._term(group, depth + 1) for _ in range(2)))
        if depth < 2 and roll < 0.2:
            return Several("AND", tuple(self._term(group, depth + 1) for _ in range(2)))
        if roll < 0.3:
            return Not(self._leaf(group) if depth else self._term(group, 2))
        return self._leaf(group)

    def _leaf(self, group: DimensionGroup) -> Leaf:
        pick = self._pick
        kinds = {"key": 5, "field": 6, "timespan": 2, "region": 2, "dataset": 2 if self._joined else 0}
        match pick.choices(list(kinds), list(kinds.values()))[0]:
            case "field":
                return self._field_leaf(group)
            case "timespan":
                return self._timespan_leaf(group)
            case "region":
                return self._region_leaf(group)
            case "dataset":
                return self._dataset_leaf(pick.choice(self._joined))
        return self._key_leaf(group)

    def _keys(self, name: str) -> list[Any]:
        return self._known._values.get((name, name), [])

    def _key_leaf(self, group: DimensionGroup) -> Leaf:
        name = self._pick.choice(list(group.names) or ["detector"])
        values = self._keys(name)
        if not values:
            return Leaf(f"{name} > 3")
        kind = "string" if isinstance(values[0], str) else "int"
        return self._scalar_leaf(name, kind, values)

    def _elements(self, group: DimensionGroup, names: Iterable[str]) -> list[str]:
        """Those of the elements within the group, or rarely any of them."""
        inside = [n for n in names if self._universe[n].minimal_group <= group]
        return inside if inside and self._pick.random() < 0.96 else list(names)

    def _field_leaf(self, group: DimensionGroup) -> Leaf:
        pick = self._pick
        element = pick.choice([e for e in self._elements(group, ELEMENTS) if self._known._types[e]] or ["visit"])
        field, kind = pick.choice(list(self._known._types[element].items()))
        name = f"{element}.{field}"
        if kind == "bool":
            return pick.choice([Leaf(name), Leaf(f"NOT {name}"), Leaf(f"{name} = NULL"), Leaf(f"{name} != NULL")])
        if kind == "hash":
            return Leaf(f"{name} = NULL")
        return self._scalar_leaf(name, kind, [v for v in self._known._values[element, field] if v is not None])

    def _scalar_leaf(self, name: str, kind: str, values: list[Any]) -> Leaf:
        pick = self._pick
        if pick.random() < 0.08:
            return Leaf(f"{name} {pick.choice(['=', '!='])} NULL")
        match kind:
            case "string":
                return self._string_leaf(name, [v for v in values if "'" not in v] or ["alpha"])
            case "float":
                return self._float_leaf(name, values or [30.0])
        return self._int_leaf(name, values or [3])

    def _string_leaf(self, name: str, values: list[str]) -> Leaf:
        pick = self._pick
        value = pick.choice(values)
        match pick.randrange(5):
            case 0:
                some = pick.sample(values, min(len(values), 3))
                return Leaf(f"{name} {self._not()}IN ({', '.join(map(repr, some))})")
            case 1:
                return self._bound(f"{name} {self._not()}IN (:x)", pick.sample(values, min(len(values), 3)))
            case 2:
                cut = pick.randrange(len(value) + 1)
                pattern = pick.choice([value[:cut] + "*", "*" + value[cut:], value[:cut] + "?" + value[cut + 1 :], "*"])
                return Leaf(f"GLOB({name}, '{pattern}')")
        return Leaf(f"{name} {pick.choice(COMPARISONS)} '{value}'")

    def _int_leaf(self, name: str, values: list[int]) -> Leaf:
        pick = self._pick
        value = pick.choice(values) + pick.choice([0, 0, 0, 1])
        match pick.randrange(8):
            case 0:
                return Leaf(f"{name} {self._not()}IN ({', '.join(map(str, pick.sample(values, min(len(values), 3))))})")
            case 1:
                step = pick.choice(["", ":2", ":3"])
                return Leaf(f"{name} {self._not()}IN ({value - 1}..{value + pick.randrange(4)}{step})")
            case 2:
                return self._bound(f"{name} {self._not()}IN (:x)", pick.sample(values, min(len(values), 3)))
            case 3:
                operation = pick.choice(["+ 1", "- 2", "* 2", "% 2", "% 3", "/ 2", "* -1"])
                return Leaf(f"{name} {operation} {pick.choice(COMPARISONS)} {pick.choice([value, 0, 1])}")
            case 4:
                return self._bound(f"{name} {pick.choice(COMPARISONS)} :x", value)
        sign = pick.choice(["", "", "-"])
        return Leaf(f"{sign}{name} {pick.choice(COMPARISONS)} {sign}{value}")

    def _float_leaf(self, name: str, values: list[float]) -> Leaf:
        pick = self._pick
        value = pick.choice(values)
        if pick.random() < 0.3:
            operation = pick.choice(["+ 1.5", "- 2.0", "* 2.0", "/ 4.0", "* 0.1"])
            return Leaf(f"{name} {operation} {pick.choice(COMPARISONS)} {value}")
        if pick.random() < 0.2:
            return Leaf(f"{name} IN ({value}, 30.0, 0)")
        return Leaf(f"{name} {pick.choice(COMPARISONS)} {pick.choice([value, int(value)])}")

    def _not(self) -> str:
        return self._pick.choice(["", "", "NOT "])

    def _bound(self, text: str, value: Any) -> Leaf:
        self._binds += 1
        name = f"b{self._binds}"
        return Leaf(text.replace(":x", f":{name}"), ((name, value),))

    # Times

    def _time(self) -> Time:
        return MORNING + TimeDelta(self._pick.randrange(-2, 80) / 24, format="jd")

    def _time_text(self) -> str:
        return f"T'{self._time().isot}/{self._pick.choice(['tai', 'tai', 'utc'])}'"

    def _timespan_text(self) -> Leaf:
        pick = self._pick
        begin, end = sorted([self._time_text(), self._time_text()])
        match pick.randrange(5):
            case 0:
                return Leaf(f"({begin}, NULL)")
            case 1:
                return Leaf(f"(NULL, {end})")
            case 2:
                bounded = Timespan(*sorted([self._time(), self._time()]))
                return self._bound(":x", pick.choice([Timespan(None, None), Timespan.makeEmpty(), bounded]))
        return Leaf(f"({begin}, {end})")

    def _timespan_leaf(self, group: DimensionGroup) -> Leaf:
        pick = self._pick
        spans = [f"{e}.timespan" for e in self._elements(group, TIMESPAN_ELEMENTS)]
        spans += [f"{d}.timespan" for d in self._joined]
        span = pick.choice(spans)
        match pick.randrange(6):
            case 0:
                return Leaf(f"{span}.{pick.choice(['begin', 'end'])} {pick.choice(COMPARISONS)} {self._time_text()}")
            case 1:
                return Leaf(f"{span} OVERLAPS {self._time_text()}")
            case 2:
                return Leaf(f"{span} OVERLAPS {pick.choice(spans)}")
            case 3:
                return Leaf(f"{span} {pick.choice(['=', '!='])} NULL")
        other = self._timespan_text()
        return Leaf(f"{span} OVERLAPS {other.text}", other.bind)

    # Regions

    def _region_leaf(self, group: DimensionGroup) -> Leaf:
        pick = self._pick
        elements = self._elements(group, REGION_ELEMENTS)
        if "htm7" in group and pick.random() < 0.3:
            elements = ["htm7"]
        name = f"{pick.choice(elements)}.region"
        if pick.random() < 0.08:
            return Leaf(f"{name} {pick.choice(['=', '!='])} NULL")
        if pick.random() < 0.3:
            return Leaf(f"{name} OVERLAPS {pick.choice(self._elements(group, REGION_ELEMENTS))}.region")
        if pick.random() < 0.35:
            region = random_region(pick, self._known._centre, pick.choice([0.1, 1.0, 2.0]))
            return self._bound(f"{name} OVERLAPS :x", region)
        return Leaf(f"{name} OVERLAPS {self._region_text()}")

    def _region_text(self) -> str:
        pick = self._pick
        place = LonLat(self._known._centre)
        ra = (place.getLon().asDegrees() + pick.uniform(-1.5, 1.5)) % 360.0
        dec = max(-89.0, min(89.0, place.getLat().asDegrees() + pick.uniform(-1.5, 1.5)))
        ra, dec, size = round(ra, 3), round(dec, 3), round(pick.uniform(0.01, 1.0), 3)
        width = round(size / max(0.05, math.cos(math.radians(dec))), 3)
        low, high = round(max(0.0, ra - width), 3), round(min(360.0, ra + width), 3)
        return pick.choice(
            [
                f"POINT({ra}, {dec})",
                f"CIRCLE({ra}, {dec}, {size})",
                f"BOX({ra}, {dec}, {width}, {size})",
                f"POLYGON({low}, {dec - size / 2}, {high}, {dec - size / 2}, {ra}, {dec + size / 2})",
                f"REGION('CIRCLE {ra} {dec} {size}')",
                f"REGION('RANGE {low} {high} {dec - size / 2} {dec + size / 2}')",
            ]
        )

    # Datasets

    def _dataset_leaf(self, name: str) -> Leaf:
        pick = self._pick
        match pick.choice(DATASET_FIELDS):
            case "run" | "collection" as field:
                return self._string_leaf(f"{name}.{field}", list(COLLECTIONS))
            case "ingest_date":
                time = pick.choice([self._time_text(), "T'2020-01-01'"])
                return Leaf(f"{name}.ingest_date {pick.choice(COMPARISONS)} {time}")
            case "dataset_id":
                return Leaf(f"{name}.dataset_id {pick.choice(['=', '!='])} UUID('{pick.choice(self._known._ids)}')")
        other = self._timespan_text()
        return Leaf(f"{name}.timespan OVERLAPS {other.text}", other.bind)

    # Results

    def _result(self, group: DimensionGroup) -> tuple[Result, DimensionGroup, tuple[str, ...] | None, list[str]]:
        """The result, its dimensions, what a total order needs besides them (None:
        no order is total) and the names of dataset fields to order by."""
        pick = self._pick
        records = pick.random() < 0.15
        match pick.choices(["data_ids", "dimension_records", "datasets", "general"], [30, 15, 35, 20])[0]:
            case "data_ids":
                dimensions = self._some_of(group)
                return Result("data_ids", (dimensions,), (), records), self._universe.conform(dimensions), (), []
            case "dimension_records":
                element = pick.choice(self._elements(group, ELEMENTS))
                return Result("dimension_records", (element,)), self._universe[element].minimal_group, (), []
            case "general":
                return self._general(group, records)
        name = pick.choice(self._joined) if self._joined and pick.random() < 0.6 else self._dataset_type(group)
        find_first = pick.random() < 0.6
        arguments = (name, None if name in self._joined and pick.random() < 0.95 else self._collections(name))
        extra = () if find_first else (f"{name}.run",)
        fields = [f"{name}.{f}" for f in ("ingest_date", "run", "timespan.begin", "timespan.end")]
        dimensions = self._universe.conform(DATASET_TYPES[name])
        options = (("find_first", find_first),)
        return Result("datasets", arguments, options, records), dimensions, extra, fields

    def _general(
        self, group: DimensionGroup, records: bool
    ) -> tuple[Result, DimensionGroup, tuple[str, ...] | None, list[str]]:
        pick = self._pick
        dimensions = self._some_of(group)
        result = self._universe.conform(dimensions)
        elements = self._elements(result, ELEMENTS)
        names = []
        for element in pick.sample(elements, min(len(elements), pick.choice([0, 1, 2]))):
            fields = [*self._known._types[element]]
            fields += [f for f in ("region", "timespan") if (element, f) in self._known._values]
            names += [f"{element}.{f}" for f in fields if pick.random() < 0.4]
            result = result | self._universe[element].minimal_group
        chosen = [d for d in self._joined if pick.random() < 0.7]
        for name in chosen:
            names += [f"{name}.{f}" for f in DATASET_FIELDS if pick.random() < 0.5] or [f"{name}.dataset_id"]
            result = result | self._universe.conform(DATASET_TYPES[name])
        find_first = pick.random() < 0.4 if chosen else None
        fields = [n for n in names if n.split(".")[0] in chosen and n.split(".")[1] in ("run", "ingest_date")]
        options = () if find_first is None else (("find_first", find_first),)
        extra = None if chosen and not find_first else ()
        return Result("general", (dimensions, *names), options, records), result, extra, fields

    def _some_of(self, group: DimensionGroup) -> tuple[str, ...]:
        names = sorted(group.required)
        if names and self._pick.random() < 0.3:
            names = self._pick.sample(names, self._pick.randrange(len(names) + 1))
        return tuple(names)

    def _order(
        self, group: DimensionGroup, unique: tuple[str, ...] | None, fields: list[str]
    ) -> tuple[tuple[str, ...], bool]:
        pick = self._pick
        if pick.random() < 0.4:
            return (), False
        names = [*group.names]
        for element in ELEMENTS:
            if self._universe[element].minimal_group <= group:
                names += [f"{element}.{f}" for f, t in self._known._types[element].items() if t not in ("bool", "hash")]
                if (element, "timespan") in self._known._values:
                    names += [f"{element}.timespan.begin", f"{element}.timespan.end"]
        names += fields * 2
        order = [pick.choice(["", "-"]) + n for n in pick.sample(names, min(len(names), pick.choice([0, 1, 2])))]
        total = unique is not None and pick.random() < 0.8
        if total:
            rest = [*group.required, *unique]
            pick.shuffle(rest)
            order += [n for n in rest if n not in order and f"-{n}" not in order]
        return tuple(order), total and bool(order)
