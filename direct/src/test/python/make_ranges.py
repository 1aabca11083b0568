"""Writes what the stock package makes of random certifications, for CertificationTest.

    python make_ranges.py DEMO_REPOSITORY_COPY > ranges.json

Each case begins with an empty CALIBRATION collection (from which the stock package can end no validity). A step certifies some of the demo's bias datasets for a time, or
ends validity during one; the rows of the calibs table after the last step are the answer. The same seed gives the same
cases.
"""

import json
import random
import sqlite3
import sys
from pathlib import Path

from lsst.daf.butler import Butler, CollectionType, Timespan
from lsst.daf.butler.registry import ConflictingDefinitionError

CASES = 120
STEPS = 14
FIRST, LAST = 0, 4102444800000000000
INSTANTS = [FIRST, LAST, LAST, FIRST] + [1_700_000_000_000_000_000 + k * 1_000_000_007 for k in range(14)]


def timespan(chance: random.Random) -> Timespan:
    if chance.random() < 0.04:
        return Timespan.makeEmpty()
    begin, end = sorted(chance.sample(INSTANTS, 2))
    if begin == end:
        begin, end = FIRST, LAST
    return Timespan(None, None, _nsec=(begin, end))


def main(repository: str) -> None:
    chance = random.Random(20261124)
    butler = Butler.from_config(repository, writeable=True)
    registry = butler.registry
    refs = sorted(butler.query_datasets("bias", ["LarkCam/calib/2026a/gen", "LarkCam/calib/2026b/gen"], find_first=False))
    refs.sort(key=lambda ref: str(ref.id))
    cases = []
    for number in range(CASES):
        collection = f"random/{number}"
        butler.collections.register(collection, CollectionType.CALIBRATION)
        steps = []
        for _ in range(STEPS):
            span = timespan(chance)
            if not steps or chance.random() < 0.6:
                chosen = {ref.dataId: ref for ref in chance.sample(refs, chance.randint(1, 3))}
                ids = list(chosen.values())
                step = {"certify": [str(ref.id) for ref in ids], "timespan": list(span.nsec), "conflict": False}
                try:
                    with butler.transaction():
                        registry.certify(collection, ids, span)
                except ConflictingDefinitionError:
                    step["conflict"] = True
            else:
                detectors = chance.choice([None, [0], [1], [0, 1]])
                data_ids = None if detectors is None else [dict(instrument="LarkCam", detector=d) for d in detectors]
                step = {"decertify": detectors, "timespan": list(span.nsec)}
                registry.decertify(collection, "bias", span, dataIds=data_ids)
            steps.append(step)
        cases.append({"steps": steps, "collection": collection})
    butler.close()
    with sqlite3.connect(Path(repository) / "gen3.sqlite3") as database:
        for case in cases:
            rows = database.execute(
                "SELECT dataset_id, detector, timespan_begin, timespan_end FROM dataset_calibs_00000002"
                " JOIN collection USING (collection_id) WHERE name = ? ORDER BY 1, 2, 3, 4",
                [case.pop("collection")],
            )
            case["rows"] = [list(row) for row in rows]
    json.dump(cases, sys.stdout, separators=(",", ":"))


if __name__ == "__main__":
    main(*sys.argv[1:])
