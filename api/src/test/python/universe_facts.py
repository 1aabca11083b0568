"""Write what the stock package says about its dimension universes 0 to 8.

Usage: python universe_facts.py OUTPUT.json.gz
(with lsst-daf-butler installed; the file checked in was made with 30.2026.4300)
"""

import gzip
import itertools
import json
import random
import sys

import lsst.daf.butler
from lsst.daf.butler import DimensionConfig, DimensionUniverse
from lsst.resources import ResourcePath

VERSIONS = range(9)


def element_facts(element):
    dimension = hasattr(element, "primary_key")
    return {
        "dimension": dimension,
        "required": list(element.required.names),
        "implied": list(element.implied.names),
        "alternate_keys": [c.name for c in element.alternate_keys] if dimension else [],
        "columns": [[c.name, c.type] for c in element.schema.all],
        "governor": dimension and element.name in element.universe.governor_dimensions.names,
        "cached": element.is_cached,
        "defines_relationships": element.defines_relationships,
        "has_table": element.has_own_table,
        "implied_union_target": element.implied_union_target.name if element.implied_union_target else None,
        "spatial": element.spatial.name if element.spatial else None,
        "temporal": element.temporal.name if element.temporal else None,
    }


def group_facts(universe, names):
    group = universe.conform(names)
    return {
        "asked": list(names),
        "names": list(group.names),
        "required": list(group.required),
        "implied": list(group.implied),
        "keys": list(group.data_coordinate_keys),
        "elements": list(group.elements),
        "lookup_order": list(group.lookup_order),
        "governors": list(group.governors),
        "spatial": sorted(family.name for family in group.spatial),
        "temporal": sorted(family.name for family in group.temporal),
    }


def samples(universe):
    """Groups of one dimension, of two in the oldest and newest universe, and some larger ones."""
    dimensions = [d.name for d in universe.dimensions if d.name not in universe.skypix_dimensions.names]
    dimensions.append("htm7")
    yield ()
    for count in (1, 2) if universe.version in (0, 8) else (1,):
        yield from itertools.combinations(dimensions, count)
    chooser = random.Random(8)
    for _ in range(40):
        yield tuple(sorted(chooser.sample(dimensions, chooser.randint(3, 6))))


def families(universe):
    found = {}
    for element in universe.elements:
        for family in element.spatial, element.temporal:
            if family is not None:
                found[family.name] = sorted(
                    e.name for e in universe.elements if e.topology.get(family.space) is family
                )
    return found


def universe_facts(version):
    path = ResourcePath(f"resource://lsst.daf.butler/configs/old_dimensions/daf_butler_universe{version}.yaml")
    config = DimensionConfig(path)
    universe = DimensionUniverse(config)
    return {
        "config": config.toDict(),
        "version": universe.version,
        "namespace": universe.namespace,
        "common_skypix": universe.commonSkyPix.name,
        "order": list(universe.elements.names),
        "elements": {e.name: element_facts(e) for e in universe.elements},
        "families": families(universe),
        "groups": [group_facts(universe, names) for names in samples(universe)],
    }


def main():
    facts = {str(version): universe_facts(version) for version in VERSIONS}
    text = json.dumps(facts, indent=None, separators=(",", ":"), sort_keys=False)
    with open(sys.argv[1], "wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as out:
        out.write(text.encode())
    print("stock version", lsst.daf.butler.__version__, len(text), "characters")


if __name__ == "__main__":
    main()
