package equerry.sphere;

import java.util.ArrayList;
import java.util.List;

/// The points common to all operands. Intersections among the operands are replaced by their
/// operands; no operand at all is the whole sphere.
public record IntersectionRegion(List<Region> operands) implements CompoundRegion {
  public IntersectionRegion {
    List<Region> flat = new ArrayList<>(operands.size());
    for (Region operand : operands) {
      if (operand instanceof IntersectionRegion(List<Region> inner)) {
        flat.addAll(inner);
      } else {
        flat.add(operand);
      }
    }
    operands = List.copyOf(flat);
  }

  public static IntersectionRegion of(Region... operands) {
    return new IntersectionRegion(List.of(operands));
  }

  /// True if all operands are empty or two of them surely do not overlap; an intersection may be
  /// empty otherwise too.
  @Override
  public boolean isEmpty() {
    if (operands.isEmpty()) {
      return false;
    }
    if (operands.stream().allMatch(Region::isEmpty)) {
      return true;
    }
    for (int i = 0; i < operands.size(); i++) {
      for (int j = i + 1; j < operands.size(); j++) {
        if (operands.get(i).overlaps(operands.get(j)) == Overlap.NO) {
          return true;
        }
      }
    }
    return false;
  }

  @Override
  public boolean contains(UnitVector3d point) {
    return operands.stream().allMatch(operand -> operand.contains(point));
  }

  @Override
  public Box boundingBox() {
    if (operands.isEmpty()) {
      return Box.FULL;
    }
    Box bounds = operands.getFirst().boundingBox();
    for (Region operand : operands.subList(1, operands.size())) {
      bounds = bounds.clippedTo(operand.boundingBox());
    }
    return bounds;
  }

  @Override
  public Circle boundingCircle() {
    if (operands.isEmpty()) {
      return Box.FULL.boundingCircle();
    }
    Circle bounds = operands.getFirst().boundingCircle();
    for (Region operand : operands.subList(1, operands.size())) {
      bounds = bounds.clippedTo(operand.boundingCircle());
    }
    return bounds;
  }
}
