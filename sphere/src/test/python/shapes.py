"""Seeded regions for comparing with lsst-sphgeom: random ones near each other, and degenerate ones."""

import math

from lsst.sphgeom import (
    Angle,
    AngleInterval,
    Box,
    Circle,
    ConvexPolygon,
    Ellipse,
    IntersectionRegion,
    LonLat,
    NormalizedAngleInterval,
    UnionRegion,
    UnitVector3d,
)

SHAPES = ("box", "circle", "polygon", "union", "intersection", "ellipse")


class Field:
    """A place on the sphere and a size: regions of one field often meet."""

    def __init__(self, rng):
        self.rng = rng
        self.size = 10 ** rng.uniform(-5, 0.3)
        lon = rng.choice((rng.uniform(0, 360), rng.uniform(0, 360), 0.0, 90.0, 359.9, 180.0))
        lat = rng.choice((math.degrees(math.asin(rng.uniform(-1, 1))), 0.0, 89.9, -90.0, 45.0))
        self.center = UnitVector3d(LonLat.fromDegrees(lon, lat))
        self.points = [self.near() for _ in range(4)]

    def near(self):
        c, r, s = self.center, self.rng, self.size
        return UnitVector3d(c.x() + s * r.gauss(0, 1), c.y() + s * r.gauss(0, 1), c.z() + s * r.gauss(0, 1))

    def point(self):
        return self.rng.choice(self.points) if self.rng.random() < 0.4 else self.near()

    def make(self, shape):
        while True:
            try:
                return getattr(self, shape)()
            except (ValueError, RuntimeError):
                continue

    def circle(self):
        kind = self.rng.random()
        if kind < 0.02:
            return self.rng.choice((Circle.empty(), Circle.full(), Circle(self.point())))
        if kind < 0.1:
            return Circle(self.point(), Angle(math.pi - self.size * self.rng.random()))
        if kind < 0.25:  # through a shared point
            c = self.point()
            p = LonLat(self.rng.choice(self.points))
            q = LonLat(c)
            d = UnitVector3d(p) - UnitVector3d(q)
            return Circle(c, d.getSquaredNorm())
        return Circle(self.point(), Angle(self.size * self.rng.choice((0.1, 0.5, 1, 2)) * self.rng.random()))

    def box(self):
        kind = self.rng.random()
        if kind < 0.02:
            return self.rng.choice((Box.empty(), Box.full(), Box(LonLat(self.point()))))
        if kind < 0.07:
            lat = math.asin(max(-1, min(1, self.center.z())))
            low, high = sorted((lat - self.size * self.rng.random(), lat + self.size * self.rng.random()))
            return Box(NormalizedAngleInterval.full(), AngleInterval.fromRadians(low, high))
        p, q = LonLat(self.point()), LonLat(self.point())
        low, high = sorted((p.getLat().asRadians(), q.getLat().asRadians()))
        a, b = p.getLon(), q.getLon()
        if self.rng.random() < 0.9 and (a.asRadians() > b.asRadians()) != (
            abs(a.asRadians() - b.asRadians()) > math.pi
        ):
            a, b = b, a
        return Box(NormalizedAngleInterval(a, b), AngleInterval.fromRadians(low, high))

    def polygon(self):
        n = self.rng.choice((3, 3, 4, 4, 4, 5, 8))
        points = [self.point() for _ in range(n)]
        if self.rng.random() < 0.1:
            points.append(points[0])
        if self.rng.random() < 0.1:
            points.append(UnitVector3d(points[0] + points[1]))
        return ConvexPolygon(points)

    def ellipse(self):
        kind = self.rng.random()
        if kind < 0.03:
            return self.rng.choice((Ellipse.empty(), Ellipse.full(), Ellipse(self.point())))
        if kind < 0.3:
            return Ellipse(self.point(), self.point(), Angle(self.size * 3 * self.rng.random()))
        a, b = (Angle(min(1.5, self.size * self.rng.random())) for _ in range(2))
        if kind < 0.4:
            a, b = Angle(math.pi - a.asRadians()), Angle(math.pi - b.asRadians())
        if kind < 0.5:
            b = a
        return Ellipse(self.point(), a, b, Angle(self.rng.uniform(-4, 4)))

    def _operands(self):
        n = self.rng.choice((0, 1, 2, 2, 3))
        shapes = ("box", "circle", "polygon", "circle", "polygon", "union", "intersection")
        return [self.make(self.rng.choice(shapes if self.rng.random() < 0.1 else shapes[:5])) for _ in range(n)]

    def union(self):
        return UnionRegion(*self._operands())

    def intersection(self):
        return IntersectionRegion(*self._operands())


def overlap_letter(overlap):
    return {True: "Y", False: "N", None: "U"}[overlap]
