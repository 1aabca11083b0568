#!/usr/bin/env python3
"""Times what a query with regions does for each row, here and in lsst-sphgeom, on the same regions.

    python3 benchmark.py [--only REGEX] [--python-only | --java-only]

Java by JMH (equerry.sphere.SphereBenchmark), Python by timeit: the best of five. A Python time has the
call from Python in it, which is most of the cheap ones; the package's HEALPix is hpgeom's.
Needs Maven, JAVA_HOME and, for the Python times, lsst-sphgeom.
"""

import argparse
import json
import math
import os
import re
import subprocess
import sys
import tempfile
import timeit
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[4]
COUNT = 64


def places(step):
    for n in range(COUNT):
        lat = math.degrees(math.asin(1.0 - (2.0 * n + 1.0) / COUNT))
        yield 137.50776405003785 * n % 360.0, lat + step * (n % 8)


def near(center, east, north):
    lon, lat = center
    return (lon + east / math.cos(math.radians(lat)) + 360.0) % 360.0, lat + north


def corners(center, side):
    h = side / 2.0
    return [near(center, *offset) for offset in ((-h, -h), (h, -h), (h, h), (-h, h))]


def rim(center):
    angles = (2.0 * math.pi * k / 24 for k in range(24))
    return [near(center, 1.75 * math.cos(a), 1.75 * math.sin(a)) for a in angles]


def operations():
    """What is timed, by the names of the methods of SphereBenchmark: a function and its arguments."""
    from lsst.sphgeom import (
        Angle,
        Circle,
        ConvexPolygon,
        HealpixPixelization,
        HtmPixelization,
        LonLat,
        Region,
        UnitVector3d,
    )

    def vector(place):
        return UnitVector3d(LonLat.fromDegrees(*place))

    def polygon(points):
        return ConvexPolygon([vector(point) for point in points])

    shifted = list(places(0.05))
    points = [vector(place) for place in shifted]
    patches = [polygon(corners(place, 0.18)) for place in places(0.0)]
    visits = [polygon(rim(place)) for place in places(0.0)]
    detectors = [polygon(corners(place, 0.23)) for place in shifted]
    circles = [Circle(point, Angle(math.radians(0.05))) for point in points]
    positions = [
        "POLYGON " + " ".join(f"{lon:.6f} {lat:.6f}" for lon, lat in corners(place, 0.23)) for place in shifted
    ]
    htm, healpix = HtmPixelization(7), HealpixPixelization(11)
    return {
        "decodePolygon": (Region.decode, [(each.encode(),) for each in detectors]),
        "relatePolygonPolygon": (ConvexPolygon.relate, list(zip(detectors, patches, strict=True))),
        "relateCirclePolygon": (Circle.relate, list(zip(circles, patches, strict=True))),
        "containsPoint": (ConvexPolygon.contains, list(zip(patches, points, strict=True))),
        "indexHtm": (htm.index, [(each,) for each in points]),
        "indexHealpix": (healpix.index, [(each,) for each in points]),
        "envelopeHtmPatch": (htm.envelope, [(each,) for each in patches]),
        "envelopeHtmDetector": (htm.envelope, [(each,) for each in detectors]),
        "envelopeHtmVisit": (htm.envelope, [(each,) for each in visits]),
        "envelopeHealpixPatch": (healpix.envelope, [(each,) for each in patches]),
        "envelopeHealpixDetector": (healpix.envelope, [(each,) for each in detectors]),
        "parsePos": (Region.from_ivoa_pos, [(each,) for each in positions]),
    }


def python_times(only):
    times = {}
    for name, (call, arguments) in operations().items():
        if not re.search(only, name):
            continue

        def turn(call=call, arguments=arguments):
            for each in arguments:
                call(*each)

        timer = timeit.Timer(turn)
        loops = max(1, int(0.3 / timer.timeit(1)))
        times[name] = min(timer.repeat(5, loops)) / loops / COUNT * 1e9
    return times


def java_times(only):
    java = os.path.join(os.environ.get("JAVA_HOME", "/usr"), "bin", "java")
    with tempfile.TemporaryDirectory() as folder:
        path, result = Path(folder, "path"), Path(folder, "result.json")
        goals = ["test-compile", "dependency:build-classpath", f"-Dmdep.outputFile={path}"]
        subprocess.run(["mvn", "-q", "-B", "-pl", "sphere", *goals], cwd=PROJECT, check=True)
        target = PROJECT / "sphere/target"
        classes = os.pathsep.join([f"{target / 'classes'}", f"{target / 'test-classes'}", path.read_text()])
        jmh = ["org.openjdk.jmh.Main", f"SphereBenchmark.*({only})", "-rf", "json", "-rff", str(result)]
        subprocess.run([java, "-cp", classes, *jmh], check=True)
        return {
            one["benchmark"].rpartition(".")[2]: one["primaryMetric"]["score"]
            for one in json.loads(result.read_text())
        }


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--only", default=".", help="a regular expression that names must match")
    sides = parser.add_mutually_exclusive_group()
    sides.add_argument("--java-only", action="store_true")
    sides.add_argument("--python-only", action="store_true")
    options = parser.parse_args()
    java = {} if options.python_only else java_times(options.only)
    python = {} if options.java_only else python_times(options.only)
    print(f"{'':24}{'Java ns':>12}{'Python ns':>12}{'ratio':>8}")
    for name in java or python:
        ours, theirs = java.get(name), python.get(name)
        cells = [f"{ours:12.1f}" if ours else " " * 12, f"{theirs:12.1f}" if theirs else " " * 12]
        cells.append(f"{theirs / ours:8.1f}" if ours and theirs else "")
        print(f"{name:24}" + "".join(cells))
    return 0


if __name__ == "__main__":
    sys.exit(main())
