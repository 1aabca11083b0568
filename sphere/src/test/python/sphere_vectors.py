#!/usr/bin/env python3
"""Writes the golden vectors of the sphere module with lsst-sphgeom (and hpgeom for HEALPix).

    python3 sphere_vectors.py [OUTPUT]

The output, vectors.jsonl.gz beside the test resources unless named, is checked in. Each line is an
object with a "kind". Doubles are 16 hexadecimal digits of little-endian IEEE-754 bytes, regions the
hexadecimal digits of Region.encode(). The seed is fixed: the same packages write the same file, but
for last bits that depend on the C library's choice of machine instructions.
"""

import base64
import gzip
import itertools
import json
import math
import random
import struct
import sys
from pathlib import Path

from lsst.sphgeom import (
    Angle,
    Box,
    Circle,
    ConvexPolygon,
    Ellipse,
    HealpixPixelization,
    HtmPixelization,
    LonLat,
    Mq3cPixelization,
    Q3cPixelization,
    Region,
    UnitVector3d,
)
from shapes import SHAPES, Field, overlap_letter

SEED = "equerry-sphere-1"
SYSTEMS = {
    "htm": (HtmPixelization, (0, 5, 7, 9)),
    "q3c": (Q3cPixelization, (0, 4, 7, 9)),
    "mq3c": (Mq3cPixelization, (0, 4, 7, 9)),
    "healpix": (HealpixPixelization, (0, 3, 5, 7)),
}
MAX_LEVELS = {"htm": 24, "q3c": 30, "mq3c": 30, "healpix": 17}


def doubles(*values):
    return struct.pack(f"<{len(values)}d", *values).hex()


def vector(v):
    return doubles(v.x(), v.y(), v.z())


def bounds(region):
    try:
        box, circle = region.getBoundingBox(), region.getBoundingCircle()
    except RuntimeError as error:
        return {"error": str(error)}
    return {"box": box.encode().hex(), "circle": circle.encode().hex()}


def regions(rng):
    for shape in SHAPES:
        for _ in range(400):
            region = Field(rng).make(shape)
            yield {"kind": "region", "hex": region.encode().hex(), "empty": region.isEmpty(), **bounds(region)}


def pairs(rng):
    for first, second in itertools.combinations_with_replacement(SHAPES, 2):
        for n in range(240):
            if n % 4 == 0:
                field = Field(rng)
            a, b = field.make(first), field.make(second)
            if n % 60 == 1:
                b = a
            yield {
                "kind": "pair",
                "a": a.encode().hex(),
                "b": b.encode().hex(),
                "relate": [a.relate(b), b.relate(a)],
                "overlaps": overlap_letter(a.overlaps(b)) + overlap_letter(b.overlaps(a)),
            }


def containment(rng):
    for shape in SHAPES:
        for _ in range(60):
            field = Field(rng)
            region = field.make(shape)
            points = [field.point() for _ in range(20)]
            if isinstance(region, ConvexPolygon):
                points += region.getVertices()
            yield {
                "kind": "contains",
                "hex": region.encode().hex(),
                "points": [vector(p) for p in points],
                "inside": "".join("YN"[not region.contains(p)] for p in points),
            }


def constructions(rng):
    for _ in range(300):
        lon, lat = rng.uniform(-400, 800), rng.uniform(-90, 90)
        size = 10 ** rng.uniform(-5, 2)
        center = UnitVector3d(LonLat.fromDegrees(lon, lat))
        yield {"kind": "circle", "degrees": doubles(lon, lat, size), "hex": Circle(center, Angle.fromDegrees(size)).encode().hex()}
        west, east = sorted((lon, lon + size))
        south, north = sorted((lat, rng.uniform(-100, 100)))
        yield {
            "kind": "box",
            "degrees": doubles(west, south, east, north),
            "hex": Box.fromDegrees(west, south, east, north).encode().hex(),
        }
        v = UnitVector3d(rng.gauss(0, 1), rng.gauss(0, size), rng.gauss(0, 1))
        p = LonLat(v)
        yield {"kind": "lonlat", "vector": vector(v), "angles": doubles(p.getLon().asRadians(), p.getLat().asRadians())}
    yield from hulls(rng)
    yield from ellipses(rng)


def hulls(rng):
    for n in range(600):
        field = Field(rng)
        points = [field.point() for _ in range(rng.choice((2, 3, 3, 4, 5, 8, 20)))]
        if n % 3 == 0:  # on a grid: many points on common great circles
            axes = [rng.choice((-1.0, 0.0, 0.5, 1.0, 1.0)) for _ in range(9)]
            points = [UnitVector3d(axes[i % 9] or 0.25, axes[(i + 1) % 9], axes[(2 * i) % 9]) for i in range(rng.choice((3, 4, 6)))]
        if n % 7 == 0:
            points += [UnitVector3d(points[0] + points[-1])] if points[0] != -points[-1] else []
        try:
            result = {"hex": ConvexPolygon(points).encode().hex()}
        except ValueError as error:
            result = {"error": str(error)}
        yield {"kind": "hull", "points": [vector(p) for p in points], **result}


def ellipses(rng):
    for _ in range(300):
        field = Field(rng)
        c, f = field.point(), field.point()
        alpha, beta, turn = rng.uniform(-0.1, 3.3), rng.uniform(-0.1, 3.3), rng.uniform(-7, 7)
        if rng.random() < 0.7:
            alpha, beta = field.size * rng.random(), field.size * rng.random()
        for arguments in ((c, f, Angle(alpha)), (c, Angle(alpha), Angle(beta), Angle(turn))):
            try:
                result = {"hex": Ellipse(*arguments).encode().hex()}
            except ValueError as error:
                result = {"error": str(error)}
            yield {"kind": f"ellipse{len(arguments)}", "center": vector(c), "focus": vector(f), "angles": doubles(alpha, beta, turn), **result}


def ranges(range_set):
    return [[str(a), str(b)] for a, b in range_set]


def pixel_sets(rng):
    for system, (pixelization, levels) in SYSTEMS.items():
        for level in levels:
            for n in range(60):
                yield from pixel_set(rng, system, pixelization(level), level, SHAPES[n % len(SHAPES)])


def pixel_set(rng, system, pixelization, level, shape):
    field = Field(rng)
    field.size = min(field.size, 60 / 2**level)
    field.points = [field.near() for _ in range(4)]
    region = field.make(shape)
    if region.encode() in (Ellipse.full().encode(), Circle.full().encode()) and level > 5:
        return
    line = {"kind": "pixels", "system": system, "level": level, "hex": region.encode().hex()}
    if shape == "ellipse" and system != "healpix":
        # lsst-sphgeom 30 reads freed memory here and may crash; the bounding circle is what it means.
        region = region.getBoundingCircle()
    try:
        line |= {"envelope": ranges(pixelization.envelope(region)), "interior": ranges(pixelization.interior(region))}
        if system != "healpix":
            line |= {
                "envelope4": ranges(pixelization.envelope(region, 4)),
                "interior4": ranges(pixelization.interior(region, 4)),
            }
    except (ValueError, RuntimeError, TypeError, NotImplementedError):
        return
    if len(line["envelope"]) + len(line["interior"]) < 600:
        yield line


def indexes(rng):
    axes = [UnitVector3d(*map(float, v)) for v in itertools.product((-1, 0, 1), repeat=3) if any(v)]
    for system, (pixelization, _) in SYSTEMS.items():
        for n in range(400):
            level = rng.randint(0, MAX_LEVELS[system])
            point = axes[n] if n < len(axes) else Field(rng).point()
            tree = pixelization(level)
            index = int(tree.index(point))
            yield {
                "kind": "index",
                "system": system,
                "level": level,
                "point": vector(point),
                "index": str(index),
                "name": tree.toString(index),
                "pixel": tree.pixel(index).encode().hex(),
            }


def texts(rng):
    fixed = (
        "CIRCLE 1 2 0.5", "CIRCLE 1 2", "CIRCLE 0 91 1", "CIRCLE 10 -5 -1", "CIRCLE 10 5 400", "circle 1 2 3",
        "RANGE 1 2 3 4", "RANGE -Inf +Inf 0 1", "RANGE 350 10 -Inf +Inf", "RANGE 10 5 4 3", "RANGE 1 2 3",
        "POLYGON 0 0 1 0 1 1", "POLYGON 1 1 1 0 0 0", "POLYGON 0 0 1 0 2 0", "POLYGON 0 0 1 0", "POLYGON 0 0 1 0 1",
        "BOX 1 2 3 4", "CIRCLE a b c", "CIRCLE 1e1 2.5e-1 .5", "  CIRCLE\t1 2\n0.5 ", "POLYGON 0 0 180 0 90 1 3 3",
    )
    for text in fixed:
        yield position(text)
    for _ in range(100):
        field = Field(rng)
        shape = rng.choice(("circle", "box", "polygon"))
        region = field.make(shape)
        text = region.to_ivoa_pos()
        yield {"kind": "to_pos", "hex": region.encode().hex(), "text": text}
        if "nan" not in text:
            yield position(text)


def position(text):
    try:
        return {"kind": "pos", "text": text, "hex": Region.from_ivoa_pos(text).encode().hex()}
    except ValueError as error:
        return {"kind": "pos", "text": text, "error": str(error)}


def encode64(region):
    return base64.b64encode(region.encode()).decode()


def base64_texts(rng):
    for n in range(60):
        field = Field(rng)
        parts = [encode64(field.make(rng.choice(SHAPES))) for _ in range(n % 4)]
        text = ":".join(parts)
        yield {"kind": "base64", "text": text, "hex": Region.decodeBase64(text).encode().hex()}
    for n in range(200):
        field = Field(rng)
        terms = [encode64(field.make(rng.choice(SHAPES))) + "&" + encode64(field.make(rng.choice(SHAPES))) for _ in range(n % 5)]
        text = "|".join(terms)
        yield {"kind": "overlaps64", "text": text, "overlaps": overlap_letter(Region.decodeOverlapsBase64(text))}


def broken(rng):
    for shape in SHAPES:
        for _ in range(60):
            data = bytearray(Field(rng).make(shape).encode())
            for _ in range(rng.randint(1, 3)):
                kind = rng.randint(0, 3)
                if kind == 0 and data:
                    data[rng.randrange(min(len(data), 12))] = rng.choice((0, 1, 0x62, 0x70, 0x75, 0xFF, 9))
                elif kind == 1 and data:
                    del data[rng.randrange(len(data)) :]
                elif kind == 2:
                    data += bytes(rng.choice((1, 8, 24)))
                elif data:
                    at = 1 + 8 * rng.randrange(max(1, len(data) // 8))
                    data[at : at + 8] = struct.pack("<d", rng.choice((math.nan, math.inf, -7.0, 1e300, 0.0)))
            try:
                result = {"decoded": Region.decode(bytes(data)).encode().hex()}
            except (ValueError, RuntimeError) as error:
                result = {"error": str(error)}
            yield {"kind": "bytes", "hex": data.hex(), **result}


def main():
    default = Path(__file__).resolve().parents[1] / "resources/equerry/sphere/vectors.jsonl.gz"
    output = Path(sys.argv[1]) if len(sys.argv) > 1 else default
    makers = (regions, pairs, containment, constructions, pixel_sets, indexes, texts, base64_texts, broken)
    counts = {}
    with open(output, "wb") as raw, gzip.GzipFile(fileobj=raw, mode="wb", mtime=0) as out:
        for maker in makers:
            for line in maker(random.Random(f"{SEED}/{maker.__name__}")):
                counts[line["kind"]] = counts.get(line["kind"], 0) + 1
                out.write(json.dumps(line, separators=(",", ":")).encode() + b"\n")
    print(f"{output.stat().st_size:,} bytes", counts)


if __name__ == "__main__":
    main()
