#!/usr/bin/env python3
"""Compares relations of random regions with lsst-sphgeom, a hundred thousand pairs per pair of shapes.

    mvn -q -o -pl sphere test-compile
    python3 compare.py [--pairs N] [--seed S] [--shapes box,circle,...] [--java PATH]

Needs lsst-sphgeom. Each pair is related and overlapped in both orders by the Python package, and the
encoded regions go to the Java class equerry.sphere.RelationComparison, which prints what differs.
"""

import argparse
import itertools
import os
import random
import subprocess
import sys
from pathlib import Path

from shapes import SHAPES, Field, overlap_letter


def lines(first, second, pairs, seed):
    rng = random.Random(f"{seed}/{first}/{second}")
    for n in range(pairs):
        if n % 4 == 0:
            field = Field(rng)
        a, b = field.make(first), field.make(second)
        overlaps = overlap_letter(a.overlaps(b)) + overlap_letter(b.overlaps(a))
        yield (
            f"{first}-{second} {a.encode().hex()} {b.encode().hex()}"
            f" {a.relate(b)} {b.relate(a)} {overlaps[0]} {overlaps[1]}\n"
        )


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--pairs", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--shapes", default=",".join(SHAPES))
    parser.add_argument("--java", default=os.path.join(os.environ.get("JAVA_HOME", "/usr"), "bin", "java"))
    options = parser.parse_args()
    target = Path(__file__).resolve().parents[3] / "target"
    command = [
        options.java,
        "-cp",
        f"{target / 'classes'}{os.pathsep}{target / 'test-classes'}",
        "equerry.sphere.RelationComparison",
    ]
    java = subprocess.Popen(command, stdin=subprocess.PIPE, text=True)
    for first, second in itertools.combinations_with_replacement(options.shapes.split(","), 2):
        for line in lines(first, second, options.pairs, options.seed):
            java.stdin.write(line)
    java.stdin.close()
    return java.wait()


if __name__ == "__main__":
    sys.exit(main())
