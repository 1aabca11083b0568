"""Fills an empty repository with the Meadow survey through the stock package.

Ids and bytes of all files are fixed; only ingest dates come from the clock
(see ``INGEST_DATES``, which the caller sets in the database afterwards).
"""

from __future__ import annotations

import hashlib
import json
import re
import tempfile
import uuid
import zipfile
from pathlib import Path

import astropy.table
import astropy.units as u
import numpy as np
import pyarrow.parquet
from astropy.time import Time, TimeDelta
from meadow_sky import (
    BEST,
    CALIBRATIONS,
    DEFAULTS,
    DETECTORS,
    EXPOSURES,
    FILTERS,
    INSTRUMENT,
    LATEST,
    PIXELS,
    RUN_CALIB_A,
    RUN_CALIB_B,
    RUN_FIRST,
    RUN_RAW,
    RUN_REFCATS,
    RUN_SECOND,
    SKYMAP,
    STARS,
    TRACT_CENTRES,
    VISITS,
    Exposure,
    detector_wcs,
    patch_wcs,
    pixels,
    polygon,
)

from lsst.daf.butler import (
    Butler,
    CollectionType,
    DataCoordinate,
    DatasetRef,
    DatasetType,
    FileDataset,
    Timespan,
)
from lsst.daf.butler.formatters.parquet import astropy_to_arrow
from lsst.images import Box, DetectorFrame, Image, MaskedImage, MaskPlane, MaskSchema, SkyProjection, TractFrame
from lsst.images.serialization import write_archive
from lsst.resources import ResourcePath
from lsst.sphgeom import HtmPixelization, LonLat, UnitVector3d

IDS = uuid.UUID("7f1c9a52-7b1e-5d0a-9c55-0e5a3b8d2f10")
WRITTEN = "2026-03-20T12:00:00.000"
INGEST_DATES = {
    RUN_RAW: "2026-03-16T09:00:00",
    RUN_CALIB_A: "2026-03-16T10:00:00",
    RUN_CALIB_B: "2026-03-16T11:00:00",
    RUN_REFCATS: "2026-03-16T12:00:00",
    RUN_FIRST: "2026-03-18T09:00:00",
    RUN_SECOND: "2026-03-20T09:00:00",
}


# -- dimension records --------------------------------------------------------


def insert_records(butler: Butler) -> None:
    def insert(element: str, *rows: dict) -> None:
        butler.registry.insertDimensionData(element, *rows)

    def day(text: str) -> Timespan:
        begin = Time(f"{text}T12:00:00", scale="tai", format="isot")
        return Timespan(begin, begin + TimeDelta(1, format="jd", scale="tai"))

    cam = {"instrument": INSTRUMENT}
    insert(
        "instrument",
        {
            "name": INSTRUMENT,
            "visit_max": 10**13,
            "visit_system": 1,
            "exposure_max": 10**13,
            "detector_max": 2,
            "class_name": "larkcam.LarkCam",
        },
    )
    insert(
        "detector",
        *({**cam, "id": i, "full_name": n, "name_in_raft": n, "raft": "R0", "purpose": "SCIENCE"} for i, n in DETECTORS),
    )
    insert("physical_filter", *({**cam, "name": n, "band": b} for n, b in FILTERS))
    insert("visit_system", {**cam, "id": 0, "name": "one-to-one"})
    insert(
        "day_obs",
        {**cam, "id": 20260314, "timespan": day("2026-03-14")},
        {**cam, "id": 20260315, "timespan": day("2026-03-15")},
    )
    insert("group", *({**cam, "name": e.obs_id} for e in EXPOSURES))
    for e in EXPOSURES:
        ra, dec = e.boresight
        sky = e.kind == "science"
        common = {
            **cam,
            "id": e.id,
            "day_obs": e.day_obs,
            "physical_filter": e.physical_filter,
            "exposure_time": 30.0 if sky else 1.0,
            "seq_num": e.seq_num,
            "target_name": f"meadow-{e.tract}" if sky else "dome",
            "observation_reason": "survey" if sky else "calibration",
            "science_program": "MEADOW",
            "azimuth": 180.0 if sky else None,
            "zenith_angle": 30.0 + e.seq_num if sky else None,
            "timespan": e.timespan,
        }
        insert(
            "exposure",
            {
                **common,
                "group": e.obs_id,
                "obs_id": e.obs_id,
                "dark_time": 31.0 if sky else 2.0,
                "observation_type": e.kind,
                "seq_start": e.seq_num,
                "seq_end": e.seq_num,
                "tracking_ra": ra if sky else None,
                "tracking_dec": dec if sky else None,
                "sky_angle": 0.0 if sky else None,
                "has_simulated": True,
                "can_see_sky": sky,
            },
        )
        if not sky:
            continue
        insert(
            "visit",
            {**common, "name": e.obs_id, "region": polygon(*(detector_wcs(e, d) for d, _ in DETECTORS))},
        )
        insert("visit_definition", {**cam, "exposure": e.id, "visit": e.id})
        insert("visit_system_membership", {**cam, "visit": e.id, "visit_system": 0})
        for d, _ in DETECTORS:
            insert(
                "visit_detector_region",
                {**cam, "visit": e.id, "detector": d, "region": polygon(detector_wcs(e, d))},
            )
    insert(
        "skymap",
        {
            "name": SKYMAP,
            "hash": hashlib.sha1(SKYMAP.encode(), usedforsecurity=False).digest(),
            "tract_max": 2,
            "patch_nx_max": 2,
            "patch_ny_max": 2,
        },
    )
    for tract in TRACT_CENTRES:
        wcss = [patch_wcs(tract, p) for p in range(4)]
        insert("tract", {"skymap": SKYMAP, "id": tract, "region": polygon(*wcss)})
        for p, wcs in enumerate(wcss):
            insert(
                "patch",
                {"skymap": SKYMAP, "tract": tract, "id": p, "cell_x": p % 2, "cell_y": p // 2, "region": polygon(wcs)},
            )


# -- datasets -----------------------------------------------------------------


class Filler:
    """Writes each dataset's file aside and ingests it under a fixed id."""

    def __init__(self, butler: Butler, staging: Path) -> None:
        self.butler = butler
        self.staging = staging
        self.refs: dict[str, list[DatasetRef]] = {}

    def register(self, name: str, dimensions: str, storage_class: str, *, calibration: bool = False) -> None:
        self.butler.registry.registerDatasetType(
            DatasetType(
                name,
                dimensions.split(),
                storage_class,
                universe=self.butler.dimensions,
                isCalibration=calibration,
            )
        )

    def ref(self, name: str, run: str, **data_id: int | str) -> DatasetRef:
        dataset_type = self.butler.get_dataset_type(name)
        coordinate = self.butler.registry.expandDataId(
            DataCoordinate.standardize(data_id, dimensions=dataset_type.dimensions, universe=self.butler.dimensions)
        )
        text = json.dumps([name, run, dict(coordinate.required)], sort_keys=True, separators=(",", ":"))
        ref = DatasetRef(dataset_type, coordinate, run, id=uuid.uuid5(IDS, text))
        self.refs.setdefault(name, []).append(ref)
        return ref

    def ingest(self, ref: DatasetRef, write, extension: str, formatter: str | None = None) -> DatasetRef:
        path = self.staging / f"{ref.id}{extension}"
        write(path)
        self.butler.ingest(FileDataset(str(path), [ref], formatter=formatter), transfer="move")
        return ref

    def ingest_image(self, ref: DatasetRef, image) -> DatasetRef:
        def write(path: Path) -> None:
            # Plain arrays: compressed ones carry the time of compression.
            write_archive(image, str(path), compression_options=dict.fromkeys(("", "image", "mask", "variance")))
            # Each HDU carries the time of writing, a value of fixed width.
            data = re.sub(rb"DATE    = '\d{4}-[0-9T:.-]{18}'", f"DATE    = '{WRITTEN}'".encode(), path.read_bytes())
            path.write_bytes(data)

        return self.ingest(ref, write, ".fits")

    def ingest_json(self, ref: DatasetRef, value: dict) -> DatasetRef:
        formatter = "lsst.daf.butler.formatters.json.JsonFormatter"
        text = json.dumps(value, indent=1, sort_keys=True)
        return self.ingest(ref, lambda path: path.write_text(text), ".json", formatter)

    def ingest_parquet(self, ref: DatasetRef, table: astropy.table.Table) -> DatasetRef:
        arrow = astropy_to_arrow(table)
        return self.ingest(ref, lambda path: pyarrow.parquet.write_table(arrow, path), ".parq")


def detector_image(exposure: Exposure | None, detector: int, array: np.ndarray, unit=None) -> Image:
    box = Box.from_shape(array.shape)
    frame = DetectorFrame(
        instrument=INSTRUMENT, visit=exposure.id if exposure else None, detector=detector, bbox=box
    )
    projection = None
    if exposure is not None:
        projection = SkyProjection.from_fits_wcs(detector_wcs(exposure, detector), frame, pixel_bounds=box)
    return Image(array, bbox=box, sky_projection=projection, unit=unit)


def masked(image: Image) -> MaskedImage:
    planes = [MaskPlane("SAT", "Saturated pixel."), MaskPlane("EDGE", "Too near the edge.")]
    result = MaskedImage(image, mask_schema=MaskSchema(planes))
    result.variance.array[:] = np.maximum(image.array, 1.0)
    return result


def fill_raws(filler: Filler) -> None:
    filler.register("raw", "instrument exposure detector", "ImageV2")
    for e in VISITS:
        for d, _ in DETECTORS:
            array = pixels(detector_wcs(e, d), 1200.0, 1.0, e.id + d).astype(np.int32)
            ref = filler.ref("raw", RUN_RAW, instrument=INSTRUMENT, exposure=e.id, detector=d)
            filler.ingest_image(ref, detector_image(e, d, array))


def fill_calibrations(filler: Filler) -> None:
    """Bias frames of two epochs, one dark, and a flat for each filter."""
    filler.register("bias", "instrument detector", "ImageV2", calibration=True)
    filler.register("dark", "instrument detector", "ImageV2", calibration=True)
    filler.register("flat", "instrument detector physical_filter", "ImageV2", calibration=True)
    filler.register("camera", "instrument", "StructuredDataDict", calibration=True)
    second_night = Time("2026-03-15T12:00:00", scale="tai", format="isot")
    registry = filler.butler.registry

    def frame(level: float, seed: int) -> np.ndarray:
        noise = np.random.default_rng(seed).random((PIXELS, PIXELS))
        return (np.round((level + noise) * 256.0) / 256.0).astype(np.float32)

    for run, validity, seed in (
        (RUN_CALIB_A, Timespan(None, second_night), 100),
        (RUN_CALIB_B, Timespan(second_night, None), 200),
    ):
        refs = []
        for d, _ in DETECTORS:
            ref = filler.ref("bias", run, instrument=INSTRUMENT, detector=d)
            refs.append(filler.ingest_image(ref, detector_image(None, d, frame(1000.0, seed + d))))
        registry.certify(CALIBRATIONS, refs, validity)

    refs = []
    for d, _ in DETECTORS:
        ref = filler.ref("dark", RUN_CALIB_A, instrument=INSTRUMENT, detector=d)
        refs.append(filler.ingest_image(ref, detector_image(None, d, frame(2.0, 300 + d))))
        for i, (physical_filter, _) in enumerate(FILTERS[:2]):
            ref = filler.ref(
                "flat", RUN_CALIB_A, instrument=INSTRUMENT, detector=d, physical_filter=physical_filter
            )
            refs.append(filler.ingest_image(ref, detector_image(None, d, frame(1.0, 400 + 10 * i + d))))
    ref = filler.ref("camera", RUN_CALIB_A, instrument=INSTRUMENT)
    layout = {"detectors": {name: {"id": i, "pixels": [PIXELS, PIXELS]} for i, name in DETECTORS}}
    refs.append(filler.ingest_json(ref, layout))
    registry.certify(CALIBRATIONS, refs, Timespan(None, None))


def fill_reference_catalogs(filler: Filler) -> None:
    filler.register("meadow_reference_stars", "htm7", "ArrowAstropy")
    htm = HtmPixelization(7)
    pixel = np.array(
        [htm.index(UnitVector3d(LonLat.fromDegrees(float(ra), float(dec)))) for ra, dec, _ in STARS]
    )
    for index in np.unique(pixel):
        rows = STARS[pixel == index]
        table = astropy.table.Table({"ra": rows[:, 0], "dec": rows[:, 1], "flux": rows[:, 2]})
        filler.ingest_parquet(filler.ref("meadow_reference_stars", RUN_REFCATS, htm7=int(index)), table)


def fill_visits(filler: Filler) -> None:
    """Calibrated images, a table of sources and a summary for each visit; the
    last visit is processed again in a second run."""
    filler.register("visit_image", "instrument visit detector", "MaskedImageV2")
    filler.register("source_table", "instrument visit", "ArrowAstropy")
    filler.register("visit_summary", "instrument visit", "StructuredDataDict")
    for run, visits in ((RUN_FIRST, VISITS), (RUN_SECOND, VISITS[-1:])):
        for e in visits:
            data_id = {"instrument": INSTRUMENT, "visit": e.id}
            zero_point = 27.0 if run == RUN_FIRST else 27.5
            tables = []
            for d, name in DETECTORS:
                wcs = detector_wcs(e, d)
                array = pixels(wcs, 0.0, 1.0 if run == RUN_FIRST else 1.5, e.id + d).astype(np.float32)
                image = masked(detector_image(e, d, array, u.nJy))
                filler.ingest_image(filler.ref("visit_image", run, detector=d, **data_id), image)
                xy = wcs.wcs_world2pix(STARS[:, :2], 0)
                inside = ((xy >= 0) & (xy < PIXELS)).all(axis=1)
                rows = STARS[inside]
                tables.append(
                    astropy.table.Table(
                        {
                            "star": np.flatnonzero(inside),
                            "detector": np.full(len(rows), d),
                            "ra": rows[:, 0],
                            "dec": rows[:, 1],
                            "flux": rows[:, 2],
                        }
                    )
                )
            table = astropy.table.vstack(tables)
            filler.ingest_parquet(filler.ref("source_table", run, **data_id), table)
            filler.ingest_json(
                filler.ref("visit_summary", run, **data_id),
                {"visit": e.id, "band": e.band, "zero_point": zero_point, "sources": len(table), "seeing_arcsec": 12.5},
            )


def fill_coadds(filler: Filler) -> None:
    filler.register("deep_coadd", "skymap tract patch band", "MaskedImageV2")
    filler.register("object_table", "skymap tract", "AstropyTable")
    filler.register("survey_description", "", "StructuredDataDict")
    for tract in TRACT_CENTRES:
        tract_box = Box.from_shape((2 * PIXELS, 2 * PIXELS))
        for patch in range(4):
            wcs = patch_wcs(tract, patch)
            for i, band in enumerate(("g", "r")):
                array = pixels(wcs, 0.0, 2.0 + i, 1000 * tract + 10 * patch + i).astype(np.float32)
                box = Box.from_shape(array.shape)
                frame = TractFrame(skymap=SKYMAP, tract=tract, bbox=tract_box)
                projection = SkyProjection.from_fits_wcs(wcs, frame, pixel_bounds=box)
                image = masked(Image(array, bbox=box, sky_projection=projection, unit=u.nJy))
                ref = filler.ref("deep_coadd", RUN_FIRST, skymap=SKYMAP, tract=tract, patch=patch, band=band)
                filler.ingest_image(ref, image)
        ra, _ = TRACT_CENTRES[tract]
        rows = STARS[np.abs(STARS[:, 0] - ra) < 0.3]
        table = astropy.table.Table({"ra": rows[:, 0], "dec": rows[:, 1], "flux": rows[:, 2]})
        filler.ingest(
            filler.ref("object_table", RUN_FIRST, skymap=SKYMAP, tract=tract),
            lambda path, table=table: table.write(path, format="ascii.ecsv"),
            ".ecsv",
        )
    filler.ingest_json(
        filler.ref("survey_description", RUN_FIRST),
        {"name": "Meadow", "instrument": INSTRUMENT, "note": "A survey that was never made: Grüße von der Wiese."},
    )


def fill_reports(filler: Filler) -> None:
    """Small datasets kept together in one zip file."""
    filler.register("quality_report", "instrument visit", "StructuredDataDict")
    with tempfile.TemporaryDirectory() as aside:
        other = Butler.from_config(Butler.makeRepo(f"{aside}/repo"), writeable=True, run=RUN_SECOND)
        other.transfer_dimension_records_from(filler.butler, filler.refs["visit_summary"])
        other_filler = Filler(other, Path(aside))
        other_filler.register("quality_report", "instrument visit", "StructuredDataDict")
        for e in VISITS:
            ref = other_filler.ref("quality_report", RUN_SECOND, instrument=INSTRUMENT, visit=e.id)
            other_filler.ingest_json(ref, {"visit": e.id, "ok": e.seq_num != 4, "checks": ["astrometry", "psf"]})
        made = other.retrieve_artifacts_zip(other_filler.refs["quality_report"], aside)
        pinned = Path(aside) / "pinned" / ResourcePath(made).basename()
        pinned.parent.mkdir()
        with zipfile.ZipFile(made.ospath) as source, zipfile.ZipFile(pinned, "w") as target:
            for info in source.infolist():
                target.writestr(zipfile.ZipInfo(info.filename, (2026, 3, 20, 12, 0, 0)), source.read(info))
        other.close()
        filler.butler.ingest_zip(str(pinned), transfer="copy")


def fill_without_files(filler: Filler) -> None:
    """Registered, but no file was ever written."""
    filler.register("difference_image", "instrument visit detector", "MaskedImageV2")
    ref = filler.ref("difference_image", RUN_FIRST, instrument=INSTRUMENT, visit=VISITS[0].id, detector=0)
    filler.butler.registry._importDatasets([ref])


def fill(butler: Butler, staging: Path) -> None:
    """Fill an empty repository with the whole survey."""
    insert_records(butler)
    for run in INGEST_DATES:
        butler.collections.register(run)
    butler.collections.register(CALIBRATIONS, CollectionType.CALIBRATION, doc="Certified calibrations of LarkCam.")
    filler = Filler(butler, staging)
    fill_raws(filler)
    fill_calibrations(filler)
    fill_reference_catalogs(filler)
    fill_visits(filler)
    fill_coadds(filler)
    fill_reports(filler)
    fill_without_files(filler)
    butler.collections.register(BEST, CollectionType.TAGGED, doc="The images to show to visitors.")
    butler.registry.associate(BEST, [*filler.refs["deep_coadd"][:4], filler.refs["visit_image"][0]])
    butler.collections.register(DEFAULTS, CollectionType.CHAINED, doc="What processing starts from.")
    butler.collections.redefine_chain(DEFAULTS, [RUN_RAW, CALIBRATIONS, RUN_REFCATS])
    butler.collections.register(LATEST, CollectionType.CHAINED, doc="The newest version of everything.")
    butler.collections.redefine_chain(LATEST, [RUN_SECOND, RUN_FIRST, DEFAULTS])
