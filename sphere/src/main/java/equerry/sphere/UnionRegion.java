package equerry.sphere;

import java.util.ArrayList;
import java.util.List;

/// The points of any of the operands. Unions among the operands are replaced by their operands; no
/// operand at all is the empty region.
public record UnionRegion(List<Region> operands) implements CompoundRegion {
  public UnionRegion {
    List<Region> flat = new ArrayList<>(operands.size());
    for (Region operand : operands) {
      if (operand instanceof UnionRegion(List<Region> inner)) {
        flat.addAll(inner);
      } else {
        flat.add(operand);
      }
    }
    operands = List.copyOf(flat);
  }

  public static UnionRegion of(Region... operands) {
    return new UnionRegion(List.of(operands));
  }

  @Override
  public boolean isEmpty() {
    return operands.stream().allMatch(Region::isEmpty);
  }

  @Override
  public boolean contains(UnitVector3d point) {
    return operands.stream().anyMatch(operand -> operand.contains(point));
  }

  @Override
  public Box boundingBox() {
    if (operands.isEmpty()) {
      return Box.EMPTY;
    }
    Box bounds = operands.getFirst().boundingBox();
    for (Region operand : operands.subList(1, operands.size())) {
      bounds = bounds.expandedTo(operand.boundingBox());
    }
    return bounds;
  }

  @Override
  public Circle boundingCircle() {
    if (operands.isEmpty()) {
      return Circle.EMPTY;
    }
    Circle bounds = operands.getFirst().boundingCircle();
    for (Region operand : operands.subList(1, operands.size())) {
      bounds = bounds.expandedTo(operand.boundingCircle());
    }
    return bounds;
  }
}
