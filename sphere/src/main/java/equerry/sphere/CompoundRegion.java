package equerry.sphere;

import java.util.List;

/// A region made of others.
public sealed interface CompoundRegion extends Region permits UnionRegion, IntersectionRegion {
  List<Region> operands();
}
