/// Points and regions on the unit sphere, how they relate, their bytes, and pixelizations of the
/// sphere.
///
/// Everything here is immutable and safe to share between threads. Angles are radians unless a name
/// says degrees. Numbers agree with the Python package lsst-sphgeom: the formulas keep its order of
/// operations, and [Trigonometry][equerry.sphere.Trigonometry] rounds correctly, as glibc nearly
/// always does.
@NullMarked
package equerry.sphere;

import org.jspecify.annotations.NullMarked;
