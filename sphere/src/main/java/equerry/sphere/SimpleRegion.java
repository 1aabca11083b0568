package equerry.sphere;

/// A region that is not made of others: one with computations of its own.
sealed interface SimpleRegion extends Region permits Box, Circle, ConvexPolygon, Ellipse {}
