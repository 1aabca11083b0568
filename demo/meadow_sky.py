"""The make-believe Meadow survey: its camera, exposures, stars and pixels."""

from __future__ import annotations

from dataclasses import dataclass

import astropy.wcs
import numpy as np
from astropy.time import Time, TimeDelta

from lsst.daf.butler import Timespan
from lsst.sphgeom import ConvexPolygon, LonLat, UnitVector3d

INSTRUMENT = "LarkCam"
SKYMAP = "meadow_v1"
RUN_RAW = "LarkCam/raw/all"
RUN_CALIB_A = "LarkCam/calib/2026a/gen"
RUN_CALIB_B = "LarkCam/calib/2026b/gen"
RUN_REFCATS = "refcats"
RUN_FIRST = "meadow/runs/first"
RUN_SECOND = "meadow/runs/second"
CALIBRATIONS = "LarkCam/calib"
DEFAULTS = "LarkCam/defaults"
LATEST = "meadow/latest"
BEST = "meadow/best"

PIXELS = 64
DETECTOR_SCALE_DEG = 10.0 / 3600.0
PATCH_SCALE_DEG = 18.0 / 3600.0
DETECTORS = ((0, "S0"), (1, "S1"))
FILTERS = (("lark-g", "g"), ("lark-r", "r"), ("lark-i", "i"))
TRACT_CENTRES = {0: (40.0, -12.0), 1: (40.6, -12.0)}


@dataclass(frozen=True)
class Exposure:
    """One opening of the shutter; a science exposure is also a visit."""

    day_obs: int
    seq_num: int
    kind: str
    physical_filter: str
    tract: int
    begin: Time

    @property
    def id(self) -> int:
        return self.day_obs * 100000 + self.seq_num

    @property
    def obs_id(self) -> str:
        return f"LC_{self.day_obs}_{self.seq_num:06d}"

    @property
    def band(self) -> str:
        return dict(FILTERS)[self.physical_filter]

    @property
    def timespan(self) -> Timespan:
        return Timespan(self.begin, self.begin + TimeDelta(30, format="sec"))

    @property
    def boresight(self) -> tuple[float, float]:
        ra, dec = TRACT_CENTRES[self.tract]
        return ra + 0.01 * self.seq_num, dec


def _exposures() -> list[Exposure]:
    def tai(text: str) -> Time:
        return Time(text, scale="tai", format="isot")

    return [
        Exposure(20260314, 1, "bias", "lark-g", 0, tai("2026-03-14T22:00:00")),
        Exposure(20260314, 2, "flat", "lark-g", 0, tai("2026-03-14T22:05:00")),
        Exposure(20260314, 3, "science", "lark-g", 0, tai("2026-03-15T01:00:00")),
        Exposure(20260314, 4, "science", "lark-r", 0, tai("2026-03-15T01:10:00")),
        Exposure(20260315, 1, "flat", "lark-r", 0, tai("2026-03-15T22:05:00")),
        Exposure(20260315, 2, "science", "lark-g", 1, tai("2026-03-16T01:00:00")),
        Exposure(20260315, 3, "science", "lark-r", 1, tai("2026-03-16T01:10:00")),
        Exposure(20260315, 4, "science", "lark-g", 0, tai("2026-03-16T02:00:00")),
    ]


EXPOSURES = _exposures()
VISITS = [e for e in EXPOSURES if e.kind == "science"]


# -- the sky ------------------------------------------------------------------


def stars() -> np.ndarray:
    """Rows of (ra, dec, flux) over the whole survey area."""
    rng = np.random.default_rng(20260314)
    rows = rng.random((600, 3))
    rows[:, 0] = np.round(39.6 + 1.5 * rows[:, 0], 6)
    rows[:, 1] = np.round(-12.5 + 1.0 * rows[:, 1], 6)
    rows[:, 2] = np.round(400.0 * (1.0 / (0.02 + rows[:, 2])), 2)
    return rows


STARS = stars()


def tangent_wcs(ra: float, dec: float, scale_deg: float, x_pixel: float, y_pixel: float) -> astropy.wcs.WCS:
    return astropy.wcs.WCS(
        {
            "CTYPE1": "RA---TAN",
            "CTYPE2": "DEC--TAN",
            "CRPIX1": x_pixel,
            "CRPIX2": y_pixel,
            "CRVAL1": ra,
            "CRVAL2": dec,
            "CDELT1": -scale_deg,
            "CDELT2": scale_deg,
            "CUNIT1": "deg",
            "CUNIT2": "deg",
        }
    )


def detector_wcs(exposure: Exposure, detector: int) -> astropy.wcs.WCS:
    """The two detectors lie side by side, four pixels apart."""
    ra, dec = exposure.boresight
    x = PIXELS + 2.5 if detector == 0 else -1.5
    return tangent_wcs(ra, dec, DETECTOR_SCALE_DEG, x, PIXELS / 2 + 0.5)


def patch_wcs(tract: int, patch: int) -> astropy.wcs.WCS:
    """Two by two patches around the centre of the tract, four pixels shared."""
    ra, dec = TRACT_CENTRES[tract]
    x = PIXELS - 1.5 if patch % 2 == 0 else 2.5
    y = PIXELS - 1.5 if patch // 2 == 0 else 2.5
    return tangent_wcs(ra, dec, PATCH_SCALE_DEG, x, y)


def corners(wcs: astropy.wcs.WCS, pixels: int = PIXELS) -> list[UnitVector3d]:
    edge = [-0.5, pixels - 0.5]
    sky = [wcs.wcs_pix2world([[x, y]], 0)[0] for x, y in ((0, 0), (1, 0), (1, 1), (0, 1)) for x, y in [(edge[x], edge[y])]]
    return [UnitVector3d(LonLat.fromDegrees(float(ra), float(dec))) for ra, dec in sky]


def polygon(*wcss: astropy.wcs.WCS) -> ConvexPolygon:
    return ConvexPolygon.convexHull([v for wcs in wcss for v in corners(wcs)])


def pixels(wcs: astropy.wcs.WCS, sky_level: float, gain: float, seed: int) -> np.ndarray:
    """A noisy sky with the stars on it; values are multiples of 1/4, so that
    the last bits of a processor's exponential do not show."""
    y, x = np.mgrid[0:PIXELS, 0:PIXELS]
    image = np.full((PIXELS, PIXELS), sky_level)
    image += 8.0 * (np.random.default_rng(seed).random((PIXELS, PIXELS)) - 0.5)
    where = wcs.wcs_world2pix(STARS[:, :2], 0)
    for (x0, y0), flux in zip(where, STARS[:, 2], strict=True):
        if -5 < x0 < PIXELS + 5 and -5 < y0 < PIXELS + 5:
            image += gain * flux / 10.0 * np.exp(-((x - x0) ** 2 + (y - y0) ** 2) / 4.0)
    return np.round(image * 4.0) / 4.0
