"""Write what PyYAML makes of texts and values, with the stock package's representers, for the tests of documents."""

from __future__ import annotations

import json
import random
from pathlib import Path

import yaml
from astropy.time import Time

from lsst.daf.butler import Timespan
from lsst.sphgeom import Angle, Box, Circle, ConvexPolygon, LonLat, UnionRegion, UnitVector3d

FOLDER = Path(__file__).resolve().parent.parent / "direct/src/test/resources/equerry/direct/exchange/yaml"
PIECES = [
    *"abZ019\t'\"#-?!&*%@`|>{}[],_.e+=~:\\",
    *[" ", " ", "  ", "\n", "\n\n", ": ", " #", "- ", "é", "☃", "\U0001f600", "\x07", "\x85", "\u2028", "\ufeff", "\r"],
    *["null", "true", "no", "0x1f", "1:20", "2020-01-01", "<<", "---", "...", "word ", "longer words that fold "],
]
EXACT = (
    "|~|null|Null|NULL|nULL|on|Off|yes|Yes|yEs|NO|nO|y|n|1|1.0|1e3|1.5e3|1.0e+3|1.e-3|.5|-.5|+.5|1_000|012|08|0b1|0x1F|0o7"
    "|+1|-1|-|.nan|.NaN|-.inf|.Inf|=|<<|1:2:3|1:60|12:30:45.5|2001-12-14t21:59:43.10-05:00|2001-1-1|2001-01-01|a: b|a:b|a #b"
    "|#a|it's|tab\there| lead|trail |a\n|a\nb|\na|a\n\nb|a \nb|a\n b|-a|?a|- a|:a|,a|a,b|[a|@x|%x|`x|a:|a#|---a|...|x/y.z"
)


def texts() -> list[str]:
    rng = random.Random(20260315)
    made = EXACT.split("|")
    made += ["".join(rng.choices(PIECES, k=rng.choice([2, 4, 8, 30, 60]))) for _ in range(300)]
    words = ["visit", "exposure", "it's", "some:", "text", "é", "enough", "to", "be", "folded"]
    made += [" ".join(rng.choices(words, k=rng.randint(10, 40))) for _ in range(60)]
    return made


def values() -> list[object]:
    times = [Time("2021-09-09 03:00:00.123456789", scale="tai", format="iso"), None]
    point = UnitVector3d(LonLat.fromDegrees(10, 20))
    circle = Circle(point, Angle.fromDegrees(1))
    corners = [UnitVector3d(LonLat.fromDegrees(*p)) for p in ((0, 0), (1, 0), (1, 1))]
    box = Box(LonLat.fromDegrees(10, 20), LonLat.fromDegrees(11, 21))
    polygon = ConvexPolygon(corners)
    return [
        *[None, True, False, 0, -5, 2**62, 1.0, 30.0, 0.1, 1e16, 1e17, 1.5e-7, -2.5e300, float("inf"), float("nan"), -0.0],
        *[[], {}, ["a", "b"], {"a": 1, "b": [1, 2]}, [{"a": 1}, {"b": []}], b"", b"x", bytes(range(120))],
        *[times[0], Timespan(times[0], None), Timespan(None, None), Timespan.makeEmpty()],
        *[circle, box, polygon, UnionRegion(circle, polygon)],
    ]


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    all_texts = texts()
    (FOLDER / "texts.json").write_text(json.dumps(all_texts))
    with (FOLDER / "texts.yaml").open("w") as stream:
        yaml.dump({"data": [{"k": text, "l": [text]} for text in all_texts]}, stream, sort_keys=False)
    with (FOLDER / "values.yaml").open("w") as stream:
        yaml.dump({"data": [{"k": value, "l": [value]} for value in values()]}, stream, sort_keys=False)


if __name__ == "__main__":
    # The values come twice, which PyYAML would tell with aliases.
    yaml.Dumper.ignore_aliases = lambda self, data: True
    main()
