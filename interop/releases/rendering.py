"""Answers as plain JSON that is the same whichever release and butler gave them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Set
from datetime import datetime
from enum import Enum
from typing import Any
from uuid import UUID

from astropy.time import Time

from lsst.daf.butler import DataCoordinate, DatasetRef, DatasetType, DimensionRecord, Timespan
from lsst.daf.butler.tests import MetricsExample
from lsst.sphgeom import Region


def plain(value: Any) -> Any:
    """The value as JSON; what has no order is sorted."""
    match value:
        case None | bool() | int() | float() | str():
            return value
        case Enum():
            return value.name
        case UUID():
            return str(value)
        case bytes():
            return value.hex()
        case Time():
            return value.tai.to_value("isot", "long" if value.precision > 9 else "str")
        case datetime():
            return value.isoformat()
        case Timespan():
            return ["timespan", *value.nsec]
        case Region():
            return value.encode().hex()
        case DatasetRef():
            return [
                plain(value.datasetType),
                _coordinate(value.dataId, value.dataId.required),
                value.run,
                str(value.id),
            ]
        case DatasetType():
            return [
                "dataset type",
                value.name,
                sorted(value.dimensions.names),
                value.storageClass_name,
                value.isCalibration(),
            ]
        case DataCoordinate():
            return _coordinate(value, value.mapping if value.hasFull() else value.required)
        case DimensionRecord():
            return [value.definition.name, plain(value.toDict())]
        case MetricsExample():
            return [plain(value.summary), plain(value.output), plain(value.data)]
        case Mapping():
            return {str(k): plain(v) for k, v in value.items()}
        case Set():
            return unordered(value)
        case Iterable():
            return [plain(v) for v in value]
    raise TypeError(f"no plain form of {type(value).__name__}")


def _coordinate(data_id: DataCoordinate, known: Mapping[str, Any]) -> Any:
    """These values and the records, where there are any.  Of a ref only the required
    values count: butlers may leave out the implied ones."""
    answer: dict[str, Any] = {"values": {k: plain(known[k]) for k in sorted(known)}}
    if data_id.hasRecords():
        answer["records"] = {e: plain(data_id.records[e]) for e in sorted(data_id.dimensions.elements)}
    return answer


def unordered(values: Iterable[Any]) -> list[Any]:
    return sorted((plain(v) for v in values), key=lambda v: json.dumps(v, sort_keys=True))
