"""Equality of what the two butlers return."""

from __future__ import annotations

import numpy as np
from astropy.table import Table

try:
    from lsst.images import Image as read_image
    from lsst.images import MaskedImage
except ImportError:  # before Python 3.12
    read_image = None


def assert_same(ours: object, theirs: object) -> None:
    assert type(ours) is type(theirs)
    if isinstance(ours, Table):
        assert ours.colnames == theirs.colnames
        assert len(ours) == len(theirs)
        for name in ours.colnames:
            assert np.array_equal(ours[name], theirs[name])
    elif read_image is not None and isinstance(ours, MaskedImage):
        assert_same(ours.image, theirs.image)
        assert_same(ours.variance, theirs.variance)
        assert ours.mask == theirs.mask
    elif read_image is not None and isinstance(ours, read_image):
        assert ours.bbox == theirs.bbox
        assert ours.sky_projection == theirs.sky_projection
        assert np.array_equal(ours.array, theirs.array)
    else:
        assert ours == theirs
