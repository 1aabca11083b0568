package equerry.api.collection;

import java.util.Optional;
import java.util.stream.Stream;

/// The kinds of collections, with the numbers that databases and the protocol use.
public enum CollectionType {
  RUN(1),
  TAGGED(2),
  CHAINED(3),
  CALIBRATION(4);

  private final int number;

  CollectionType(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }

  public static Optional<CollectionType> find(long number) {
    return Stream.of(values()).filter(type -> type.number == number).findFirst();
  }
}
