"""Write how the stock package converts where texts, and which nanosecond each time text means.

Usage: PYTHONHASHSEED=0 python where_facts.py WHERE.jsonl TIMES.jsonl
(with lsst-daf-butler installed; the files checked in were made with 30.2026.4300)

Each line of WHERE.jsonl has the text, the bound values as column literals, the dimensions and
dataset types of the query, and the conjunctive normal form that came out or the error.
"""

import itertools
import json
import logging
import random
import re
import sys
import uuid
import warnings

import astropy.time

from lsst.daf.butler import DimensionUniverse, Timespan
from lsst.daf.butler.queries._expression_strings import convert_expression_string_to_predicate
from lsst.daf.butler.queries._identifiers import IdentifierContext
from lsst.daf.butler.queries.convert_args import convert_order_by_args
from lsst.daf.butler.queries.expressions.parser.parserYacc import _parseTimeString
from lsst.daf.butler.queries.tree import make_column_literal
from lsst.daf.butler.time_utils import TimeConverter

UNIVERSE = DimensionUniverse()
BINDS = {
    "et": 2.5,
    "x": 3,
    "list": [1, 2],
    "empty": (),
    "names": ["a", "b"],
    "mixed": [1, "a"],
    "text": "obs*",
    "ts": Timespan(None, None),
    "t": astropy.time.Time(59466.0, format="mjd", scale="tai"),
    "h": b"ab",
    "id": uuid.UUID("e15ab039-bc8b-4135-87c5-90902a7c0b22"),
    "ids": [uuid.UUID("e15ab039-bc8b-4135-87c5-90902a7c0b22")],
    "null": 5,
    "exposure.seq_num": 7,
}
EXPOSURE = """
exposure.seq_num = NULL
NULL != exposure.seq_num
exposure.can_see_sky
NOT exposure.can_see_sky
exposure.can_see_sky = NULL
NULL != exposure.can_see_sky
(exposure.can_see_sky) = NULL
(NOT exposure.can_see_sky) = NULL
exposure.can_see_sky = TRUE
exposure.can_see_sky IN (1)
exposure IN (can_see_sky)
exposure.exposure_time*2.0+1.0 > :et
exposure.exposure_time*2 > 5
exposure.exposure_time > 5
exposure.exposure_time IN (5, 6.5)
exposure.exposure_time IN (:list)
exposure.exposure_time % 2.0 = 1.0
-exposure.seq_num < 0
exposure.seq_num % 2 = 1
seq_num + 2 * 3 - 4 / 5 % 6 = 1
(seq_num + 2) * (3 - 4) = 1
seq_num - 2 - 3 = 1
seq_num - (2 - 3) = 1
- seq_num * 2 = 1
-(seq_num * 2) = 1
exposure = -5
exposure = - 5
exposure = +5
exposure = --5
exposure IN (-5, +6)
exposure-5 = 1
exposure -5..7 = 1
exposure IN (-5..7)
exposure IN (-5 .. -2 : 2)
exposure IN (1..2:0)
exposure = 1..3
exposure = 007
exposure = .5
exposure = 1.
exposure = 1.5e+3
exposure = 1E3
exposure IN (11, 12)
exposure NOT IN (11, 13..20:3, :list)
exposure not in (11)
exposure IN (list)
exposure IN (:list)
exposure IN (:empty)
exposure NOT IN (:empty)
exposure IN (:names)
exposure IN (:mixed)
exposure IN (:x, x, 4)
exposure IN (null)
exposure IN (NULL)
exposure NOT IN (NULL, 3)
exposure IN (visit)
exposure IN (visit.id)
exposure IN ()
exposure IN (1,)
exposure IN (1+1)
exposure IN 1
exposure = :list
exposure = list
obs_id = 'obs11'
exposure.obs_id IN ('a', NULL)
exposure.obs_id IN (names)
glob(exposure.obs_id, 'obs*')
GLOB(obs_id, 'o?s\\*')
GLOB(obs_id, :text)
GLOB((obs_id), ('a'))
NOT GLOB(obs_id, 'a')
GLOB(obs_id, obs_id)
GLOB('a', 'a')
GLOB(exposure, '*')
GLOB(physical_filter, 'Cam1-*')
GLOB(obs_id, 3)
GLOB(obs_id)
timespan OVERLAPS (T'2021-09-09T03:00:00/tai', NULL)
exposure.timespan OVERLAPS T'59466.125'
exposure.timespan OVERLAPS (null, T'mjd/59466.125/utc')
exposure.timespan OVERLAPS (:t, NULL)
exposure.timespan OVERLAPS (1, NULL)
exposure.timespan OVERLAPS ('2020-01-01', NULL)
exposure.timespan OVERLAPS (T'2021-01-01', T'2020-01-01')
exposure.timespan OVERLAPS (T'2020-01-01', T'2020-01-01')
exposure.timespan OVERLAPS (NULL, NULL)
exposure.timespan OVERLAPS day_obs.timespan
exposure.timespan OVERLAPS exposure
exposure.timespan IN (NULL)
exposure.timespan IN (:ts)
exposure.timespan < T'2020-01-01'
exposure.timespan.begin < T'2021-09-09 03:00:00'
exposure.timespan.end >= exposure.timespan.begin
exposure.timespan.middle = 3
exposure.id.begin = 3
(T'2020-01-01', T'2021-01-01') OVERLAPS exposure.timespan
T'2020-01-01' OVERLAPS exposure.timespan
exposure.timespan OVERLAPS ts
exposure.timespan OVERLAPS :t
exposure.timespan OVERLAPS(:ts)
visit.name='1' OR exposure=11 AND detector=1
(visit.name='1' OR exposure=11) AND detector=1
NOT (exposure=11 OR detector=1)
NOT (exposure=11 AND (detector=1 OR NOT seq_num=2))
NOT exposure=11 AND detector=2
NOT NOT exposure=11
exposure=1 OR exposure=2 OR exposure=3 AND seq_num=4
(((exposure=1)))
exposure.day_obs > 20200101
day_obs.id = 3
exposure.id = 3
exposure.exposure = 3
exposure.instrument='Cam1'
exposure.physical_filter='Cam1-G'
detector.full_name = 'Aa'
full_name = 'Aa'
visit_definition.visit = 3
visit_detector_region.detector = 3
band = 'g'
band.name = 'g'
physical_filter.band = 'g'
name = 'g'
id = 3
exposure = '11'
11 = exposure
3 = 3
exposure = 11 exposure=12
exposure == 11
exposure <> 11
exposure = 1 = 1
EXPOSURE = 11
exposure = 1e2
exposure = 'a
exposure = "a"
exposure.obs_id = "a"
UUID('e15ab039-bc8b-4135-87c5-90902a7c0b22') = bias.dataset_id
instrument = 'Cam1' and skymap='x'
raw.ingest_date > T'2020-01-01'
ingest_date > T'2020-01-01'
bogus = 3
bogus.run = 'a'
visit.bogus=1
a.b.c = 1
exposure.seq_num BETWEEN 1 AND 2
bias.dataset_id = UUID('e15ab039-bc8b-4135-87c5-90902a7c0b22')
x = 11
exposure=:nope
exposure IN (1..3)
exposure IN (5..1)
exposure.seq_num = 7
seq_num+1 IN (2)
timespan.begin > T'2020-01-01'
htm7=5 OR htm9 = 1
htm7.id = 5
exposure.hash='a'
skymap.hash = h
physical_filter < 'Z'
skymap.hash < h
exposure AND detector=1
exposure
1
'a'
NULL
NULL = NULL
NULL = 3
exposure < NULL
NULL IN (1)
NOT exposure
-'a' = 'b'
exposure.obs_id + 'a' = 'b'
exposure.seq_num/2.5 = 1
foo(1) = 2
foo()
UUID('nonsense') = 1
UUID(:id) = 1
exposure IN (UUID('e15ab039bc8b413587c590902a7c0b22'))
exposure = (1, 2)
exposure = (1, 2, 3)
(exposure = 1, 2)
exposure = 1 OR
AND exposure = 1
(exposure = 1
exposure = 1)
()
exposure.seq_num.
exposure..seq_num = 1
exposure = :
exposure = 1;
exposure = 1 -- comment
visit.region OVERLAPS visit_detector_region.region
visit.region OVERLAPS htm7.region
visit.region = patch.region
visit.region OVERLAPS patch
visit.region OVERLAPS 'a'
visit_detector_region.region OVERLAPS patch.region
visit.region OVERLAPS tract.region OR exposure=11
visit.region OVERLAPS CIRCLE(1,2,0.5)
visit.region OVERLAPS BOX(1,-2,0.5,1)
visit.region OVERLAPS POLYGON((0,0),(1,0),(1,1))
visit.region OVERLAPS POLYGON(0,0,1,0,1,1)
visit.region OVERLAPS POLYGON(0,0,1,0)
visit.region OVERLAPS REGION('CIRCLE 1 2 0.5')
visit.region OVERLAPS REGION(3)
visit.region OVERLAPS POINT(-1.0, 2)
visit.region OVERLAPS POINT(:et, :x)
visit.region OVERLAPS POINT(visit.id, 2)
visit.region OVERLAPS POINT('a', 2)
visit.region OVERLAPS POINT(2)
NOT visit.region OVERLAPS POINT(1,2)
"""
OTHER_BINDS = [
    ("exposure NOT IN (11, 13..20:3, :x)", {"x": [1, 2]}),
    ("exposure IN (x)", {"x": [1, 2]}),
    ("exposure IN (:x)", {"x": ()}),
]
DATASETS = """
bias.dataset_id = :id
dataset_id = :id
dataset_id IN (:ids)
UUID('e15ab039-bc8b-4135-87c5-90902a7c0b22') = bias.dataset_id
UUID('{e15ab039bc8b413587c590902a7c0b22}') = bias.dataset_id
bias.dataset_id IN (UUID('urn:uuid:e15ab039-bc8b-4135-87c5-90902a7c0b22'), NULL)
bias.ingest_date > T'2020-01-01'
ingest_date < T'2020-01-01'
ingest_date OVERLAPS (T'2000-01-01', T'2099-01-01')
(T'2000-01-01', T'2001-01-01') OVERLAPS ingest_date
ingest_date IN (:t)
ingest_date IN (T'2020-01-01')
bias.run = 'a' OR collection = 'b'
timespan OVERLAPS (T'2000-01-01', NULL)
timespan.begin > T'2000-01-01'
bias.timespan.end > T'2000-01-01'
bias.nothing = 3
purpose = 'SCIENCE'
raft = 'A'
detector.bias = 2
id = 3
"""
ORDERS = """
visit.id
-visit.id
visit
timespan.begin
-timespan.end
exposure.timespan
exposure.timespan.begin
day_obs
-seq_num
-
--seq_num
seq_num + 1
exposure.can_see_sky
nothing
visit.region
obs_id
bias.ingest_date
bias.timespan.begin
skymap.hash
"""
TIMES = """
59466.125
-1.5
59466.
.5
59466
1e5
mjd/59466.125
mjd/59466.125/utc
MJD/59466.125/TAI
mjd/59466.125/tt
mjd/59466.123456789
mjd/59466.123456789/utc
jd/2459466.625
jd/2459466.625/utc
jd/2459466.623456789/tt
unix/1631156400.0
unix/1631156400.25/tai
unix/1483228799.5
unix_tai/1631156400.5
unix_tai/1631156400.5/utc
gps/1315191618.0
gps/1315191618.125/tt
cxcsec/747370869.184
cxcsec/747370869.184/tai
galexsec/1315191600.0
jyear/2020.5
jyear/2020.5/tt
byear/2020.5
decimalyear/2020.5
plot_date/18879.125
2021-09-09
2021-9-9
0021-09-09
2021-13-09
2021-02-29
2020-02-29
2021-09-09 03:00
2021-09-09 3:00
2021-09-09 03:00:00
2021-09-09 03:00:00.
2021-09-09 03:00:00.5
2021-09-09 03:00:00.123456789
2021-09-09 03:00:00.1234567891
2021-09-09 03:00:00.9999999999
2021-09-09T03:00
2021-09-09T03:00:00
2021-09-09t03:00:00
2021-09-09T03:00:00/tai
2021-09-09T03:00:00/TAI
2021-09-09T03:00:00/tt
2021-09-09 03:00:00/utc
2021-09-09 03:00:00+00:00
2021-09-09T03:00:00+01:00
2021-09-09T03:00:00Z
2021-09-09 24:00:00
2021-09-09 23:60:00
2021-09-09 23:59:60
iso/2021-09-09 03:00:00
iso/2021-09-09T03:00:00
isot/2021-09-09T03:00:00
isot/2021-09-09 03:00:00
isot/2021-09-09
iso/59466.125
mjd/2021-09-09
yday/2021:252
2021:252
2021:366
2020:366
2021:252:03:00
2021:252:03:00:00
2021:252:03:00:00.25
2021:252:03:00:00/tai
2021:52
+2021-09-09
+02021-09-09
+02021-09-09T03:00:00
+02021-09-09T03:00:00.25/tai
fits/2021-09-09T03:00:00
fits/2021-09-09
fits/2021-09-09T03:00
2016-12-31 23:59:59.5
2016-12-31 23:59:60
2016-12-31 23:59:60.5
2017-01-01
2017-01-01 00:00:00/tai
2017-01-01 00:00:36.5/tai
mjd/57753.999999/utc
mjd/57754.0/utc
2015-06-30 23:59:60
2015-07-01
2012-07-01
1999-01-01
1972-01-01
1972-07-01
1971-12-31 23:59:59
1971-12-31 23:59:60
1971-12-31 12:00:00
1971-06-15 12:34:56.789
1970-01-01
1970-01-01/tai
1970-01-01 00:00:01/tai
1970-03-04
mjd/40700.75/utc
mjd/41316.5/utc
mjd/41316.999999/utc
mjd/41317.25/utc
unix/63071999.5
1969-12-31 23:59:59
1968-06-01
1960-01-01
1900-01-01
2099-12-31 23:59:59/tai
2100-01-01/tai
2200-01-01
9999-12-31
59466.125/xyz
abc/59466.125
stardate/59466.125

2021-09-09 03:00:00 /tai
 2021-09-09
2021-09-09 
"""


def random_texts(count):
    chooser = random.Random(3)
    leaves = [
        "exposure = 11", "seq_num > 3", "exposure.can_see_sky", "obs_id != 'a'", "exposure IN (1..3, 7)",
        "exposure.exposure_time * 2.0 < 5", "detector NOT IN (1, 2)", "band = NULL", "GLOB(obs_id, 'a*')",
        "exposure.timespan OVERLAPS (T'2020-01-01', NULL)", "exposure IN (:list)",
    ]  # fmt: skip

    def text(depth):
        kind = chooser.randrange(4) if depth else 0
        if kind == 0:
            return chooser.choice(leaves)
        if kind == 1:
            return f"NOT ({text(depth - 1)})"
        word = " AND " if kind == 2 else " OR "
        parts = [text(depth - 1) for _ in range(chooser.randint(2, 3))]
        return word.join(f"({part})" if chooser.random() < 0.6 else part for part in parts)

    while count:
        made = text(3)
        if len(made) < 400:
            yield made
            count -= 1


def literals(value):
    if isinstance(value, list | tuple):
        return [literals(item) for item in value]
    return json.loads(make_column_literal(value).model_dump_json())


def convert(text, dimensions, datasets, binds):
    facts = {"where": text, "dimensions": dimensions, "datasets": datasets}
    facts["bind"] = {name: literals(value) for name, value in binds.items()}
    context = IdentifierContext(UNIVERSE.conform(dimensions), set(datasets), binds)
    try:
        predicate = convert_expression_string_to_predicate(text, context=context, universe=UNIVERSE)
        facts["operands"] = json.loads(predicate.model_dump_json())["operands"]
        unjoined = unjoined_datasets(predicate, datasets)
        if unjoined:
            facts["unjoined"] = unjoined
    except Exception as error:
        facts["error"] = type(error).__name__
        facts["message"] = str(error)
    return facts


def unjoined_datasets(predicate, datasets):
    from lsst.daf.butler.queries.tree._column_set import ColumnSet

    columns = ColumnSet(UNIVERSE.empty)
    predicate.gather_required_columns(columns)
    return sorted(set(columns.dataset_fields) - set(datasets))


def small(facts):
    """Leave out normal forms that exploded."""
    return (fact for fact in facts if len(json.dumps(fact)) < 4000)


def order(text):
    facts = {"order": text, "dimensions": ["exposure", "visit"], "datasets": ["bias"]}
    try:
        (term,) = convert_order_by_args(UNIVERSE.conform(["exposure", "visit"]), {"bias"}, text)
        facts["term"] = json.loads(term.model_dump_json())
    except Exception as error:
        facts["error"] = type(error).__name__
        facts["message"] = str(error)
    return facts


def used(text):
    """Only the binds that can matter, so that `exposure.seq_num` and `null` mostly stay columns."""
    special = {"exposure.seq_num": "exposure.seq_num = 7", "null": "exposure IN (null)"}
    words = set(re.findall(r":?[\w.]+", text)) - {"id"}
    return {
        name: value
        for name, value in BINDS.items()
        if (name in words or ":" + name in words) and special.get(name, text) == text
    }


def time(text):
    try:
        return {"time": text, "nsec": TimeConverter().astropy_to_nsec(_parseTimeString(text))}
    except ValueError as error:
        return {"time": text, "error": str(error)}


def main():
    warnings.simplefilter("ignore")
    logging.disable(logging.WARNING)
    lines = EXPOSURE[1:-1].split("\n") + ["", " ", "\n", "exposure\n=\t1", "exposure = '\n'", "obs_id = 'é☃'"]
    with open(sys.argv[1], "w", encoding="utf-8") as out:
        facts = itertools.chain(
            (convert(text, ["exposure"], [], used(text)) for text in lines),
            (convert(text, ["exposure"], [], binds) for text, binds in OTHER_BINDS),
            (convert(text, ["detector"], ["bias"], used(text)) for text in DATASETS[1:-1].split("\n")),
            small(convert(text, ["exposure", "detector"], [], used(text)) for text in random_texts(300)),
            (order(text) for text in [*ORDERS[1:-1].split("\n"), ""]),
        )
        for fact in facts:
            out.write(json.dumps(fact, ensure_ascii=False, separators=(",", ":")) + "\n")
    with open(sys.argv[2], "w", encoding="utf-8") as out:
        for text in TIMES[1:-1].split("\n"):
            out.write(json.dumps(time(text), ensure_ascii=False, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
