package equerry.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import equerry.api.collection.CollectionType;
import equerry.api.dimension.DimensionElement;
import equerry.api.dimension.DimensionRecord;
import equerry.api.dimension.RecordEdits.OnConflict;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.direct.DemoCopy.Engine;
import equerry.sphere.Circle;
import equerry.sphere.LonLat;
import equerry.sphere.UnitVector3d;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What the registry is asked to write when its tables hold more, or less, than they should.
class RegistryDamageTest {
  @TempDir Path folder;

  private static DimensionRecord tract(WritableDirectButler butler) {
    DimensionElement element = butler.universe().element("tract");
    byte[] region = Circle.of(UnitVector3d.of(LonLat.ofDegrees(1, 2)), 0.01).encode();
    return new DimensionRecord(element, List.of("meadow_v1", 500L, region));
  }

  @ParameterizedTest
  @EnumSource
  void refusesRegionsWhereOtherPixelsAreKept(Engine engine) {
    try (DemoCopy demo = DemoCopy.make(engine, folder)) {
      demo.commit(
          "INSERT INTO tract_skypix_overlap_summary (skypix_system, skypix_level, skymap)"
              + " VALUES ('healpix', 9, 'meadow_v1')");
      try (WritableDirectButler butler = demo.openForWriting()) {
        assertThatExceptionOfType(ButlerException.Invalid.class)
            .isThrownBy(() -> insert(butler))
            .withMessageContaining("healpix9")
            .matches(failure -> failure.code() == ErrorCode.UNSUPPORTED_REPOSITORY);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void saysThatPixelsAreNotKept(Engine engine) {
    try (DemoCopy demo = DemoCopy.make(engine, folder)) {
      demo.commit("DELETE FROM tract_skypix_overlap", "DELETE FROM tract_skypix_overlap_summary");
      try (WritableDirectButler butler = demo.openForWriting()) {
        assertThatExceptionOfType(ButlerException.Conflict.class)
            .isThrownBy(() -> insert(butler))
            .withMessageContaining("equerry doctor");
      }
    }
  }

  private static void insert(WritableDirectButler butler) {
    butler.write(
        changes -> {
          changes.records().insert(List.of(tract(butler)), OnConflict.FAIL);
          return butler;
        });
  }

  /// A chain has as many members as there are positions from 0 on.
  @ParameterizedTest
  @EnumSource
  void refusesMoreMembersThanPositions(Engine engine) {
    List<String> names = IntStream.range(0, 32_769).mapToObj(i -> "many" + i).toList();
    try (DemoCopy demo = DemoCopy.make(engine, folder)) {
      demo.commit(
          "INSERT INTO collection (collection_id, name, type) WITH RECURSIVE n(i) AS"
              + " (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 32768)"
              + " SELECT 1000 + i, 'many' || i, 2 FROM n");
      try (WritableDirectButler butler = demo.openForWriting()) {
        redefine(butler, names.subList(0, 32_768));
        assertThatExceptionOfType(ButlerException.LimitExceeded.class)
            .isThrownBy(() -> redefine(butler, names))
            .withMessageContaining("32769")
            .withMessageContaining("32768");
        assertThatExceptionOfType(ButlerException.LimitExceeded.class)
            .isThrownBy(
                () ->
                    butler.write(
                        changes -> {
                          changes.collections().extendChain("chain", names.subList(32_768, 32_769));
                          return butler;
                        }));
        assertThat(butler.collections().load("chain").children()).hasSize(32_768);
      }
    }
  }

  private static void redefine(WritableDirectButler butler, List<String> members) {
    butler.write(
        changes -> {
          changes.collections().register("chain", CollectionType.CHAINED, null);
          changes.collections().redefineChain("chain", members);
          return butler;
        });
  }
}
