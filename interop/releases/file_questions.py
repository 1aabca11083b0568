"""The questions about files: see ``questions.py``, to whose list these are added."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from make_repository import NIGHT, RUNS
from questions import ALL, CALIBRATION, CAMERA, LATE, PATCH, SOURCE, Question, note, questions, references
from rendering import unordered

from lsst.daf.butler import Butler


def folder(ask: Callable[[Butler, str], Any]) -> Question:
    def answer(butler: Butler) -> Any:
        with tempfile.TemporaryDirectory() as place:
            return ask(butler, place)

    return answer


def retrieved(butler: Butler, place: str) -> Any:
    refs = [*references(butler, "source_apart", collections=ALL)[:2], note(butler)]
    butler.retrieveArtifacts(refs, place, transfer="copy")
    found = sorted(p for p in Path(place).rglob("*") if p.is_file())
    return [[str(p.relative_to(place)), p.read_bytes().hex()] for p in found]


def zipped(butler: Butler, place: str) -> Any:
    refs = references(butler, "source_apart", collections=ALL)[:2]
    butler.retrieve_artifacts_zip(refs, place)
    return [p.suffix for p in Path(place).iterdir()]


def transferred(butler: Butler, place: str) -> Any:
    refs = [*references(butler, "source_apart", collections=ALL)[:3], note(butler)]
    Butler.makeRepo(place, dimensionConfig=butler.dimensions.dimensionConfig)
    target = Butler.from_config(place, writeable=True)
    target.transfer_from(butler, refs, transfer="copy", register_dataset_types=True, transfer_dimensions=True)
    return [target.get(ref) for ref in refs]


questions(
    get=lambda b: b.get("notes", CAMERA),
    get_ref=lambda b: b.get(b.find_dataset("source", SOURCE)),
    get_apart=lambda b: b.get("source_apart", SOURCE),
    get_list=lambda b: b.get("coadd", **PATCH),
    get_component=lambda b: [b.get(f"{name}.summary", SOURCE) for name in ("source", "source_apart")],
    get_collections=lambda b: b.get("notes", CAMERA, collections=[RUNS[0]]),
    get_calibration=lambda b: b.get("bias", {**CAMERA, "detector": 0}, collections=CALIBRATION, timespan=LATE),
    get_calibration_of_exposure=lambda b: b.get(
        "bias", {**CAMERA, "detector": 0, "exposure": 101}, collections=CALIBRATION
    ),
    get_calibration_of_late_exposure=lambda b: b.get(
        "bias", {**CAMERA, "detector": 0, "exposure": 103}, collections=CALIBRATION
    ),
    get_by_detector_name=lambda b: b.get("source", {**CAMERA, "visit": 103, "full_name": "R0_S2"}),
    get_by_day_and_number=lambda b: b.get("raw", {**CAMERA, "day_obs": NIGHT, "seq_num": 2, "detector": 1}),
    get_nothing=lambda b: b.get("source", {**SOURCE, "visit": 104, "detector": 2}),
    get_deferred=lambda b: [
        b.getDeferred("source", SOURCE).get(),
        b.getDeferred("source", SOURCE).get(component="data"),
    ],
    get_storage_class=lambda b: b.get("coadd", **PATCH, storageClass="ReleaseList"),
    uri=lambda b: b.getURI("notes", CAMERA).read(),
    uris_apart=lambda b: {k: v.read() for k, v in b.getURIs("source_apart", SOURCE).componentURIs.items()},
    uris_many=lambda b: unordered(
        [ref, uris.primaryURI.read()] for ref, uris in b.get_many_uris(references(b, "coadd", collections=ALL)).items()
    ),
    exists=lambda b: b.exists("source", SOURCE),
    exists_not=lambda b: bool(b.exists("source", {**SOURCE, "visit": 104, "detector": 2})),
    exists_quickly=lambda b: b.exists(note(b), full_check=False),
    exists_many=lambda b: unordered(
        [ref, found] for ref, found in b._exists_many(references(b, "coadd", collections=ALL)).items()
    ),
    stored=lambda b: b.stored(note(b)),
    stored_many=lambda b: unordered(
        [ref, found] for ref, found in b.stored_many(references(b, "raw", collections=ALL)).items()
    ),
    retrieve=folder(retrieved),
    retrieve_zip=folder(zipped),
    transfer=folder(transferred),
)
