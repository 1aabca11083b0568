package equerry.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import equerry.api.doctor.Ailment;
import equerry.api.doctor.Finding;
import equerry.api.error.ButlerException;
import equerry.direct.DemoCopy.Engine;
import equerry.direct.doctor.Doctor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Damages the files of the demo repository, and finds and mends that.
class DoctorTest {
  private static final Set<Ailment> ALL = EnumSet.allOf(Ailment.class);
  private static final DirectButler.Options OPTIONS =
      new DirectButler.Options(Map.of(), 2, Duration.ofSeconds(30));

  /// Also what is written after the doctor has come.
  private static final Duration ANY_AGE = Duration.ofMinutes(-1);

  private final Path folder;

  DoctorTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void findsNothingInTheDemo(Engine engine) {
    try (DemoCopy copy = DemoCopy.make(engine, folder);
        Doctor doctor = Doctor.open(copy.root().toString(), OPTIONS, ANY_AGE)) {
      assertThat(examine(doctor)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void deletesWhatNoRecordNames(Engine engine) throws IOException {
    try (DemoCopy copy = DemoCopy.make(engine, folder);
        Doctor doctor = Doctor.openForMending(copy.root().toString(), OPTIONS, ANY_AGE)) {
      Path stray = write(copy, "meadow/runs/first/stray.fits");
      Path hidden = write(copy, "meadow/runs/first/.image.fits.0123abcd.part");
      Path note = write(copy, "README.txt");
      assertThat(examine(doctor))
          .containsOnlyKeys(Ailment.STRAY_FILES, Ailment.UNFINISHED_FILES)
          .allSatisfy((ailment, finding) -> assertThat(finding.count()).isEqualTo(1));
      doctor.mend(ALL);
      assertThat(examine(doctor)).isEmpty();
      assertThat(stray).doesNotExist();
      assertThat(hidden).doesNotExist();
      assertThat(note).exists();
    }
  }

  @Test
  void leavesYoungFilesAlone() throws IOException {
    try (DemoCopy copy = DemoCopy.make(Engine.SQLITE, folder);
        Doctor doctor =
            Doctor.openForMending(copy.root().toString(), OPTIONS, Duration.ofHours(1))) {
      Path young = write(copy, "meadow/runs/first/stray.fits");
      Path moved = write(copy, "meadow/runs/first/moved.fits");
      Files.setLastModifiedTime(moved, java.nio.file.attribute.FileTime.fromMillis(0));
      doctor.mend(ALL);
      assertThat(young).exists();
      assertThat(moved).exists();
    }
  }

  @Test
  void sparesFilesWithoutRecordsInAStoreThatTrustsThem() throws IOException {
    try (DemoCopy copy = DemoCopy.make(Engine.SQLITE, folder)) {
      Path stray = write(copy, "meadow/runs/first/stray.fits");
      Path config = copy.root().resolve("butler.yaml");
      Files.writeString(
          config,
          Files.readString(config)
              .replace("datastore:\n", "datastore:\n  trust_get_request: true\n"));
      try (Doctor doctor = Doctor.openForMending(copy.root().toString(), OPTIONS, ANY_AGE)) {
        assertThat(examine(doctor)).isEmpty();
        doctor.mend(ALL);
      }
      assertThat(stray).exists();
    }
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void forgetsLostDatasetsOnlyWhenTold(Engine engine) throws IOException {
    try (DemoCopy copy = DemoCopy.make(engine, folder);
        Doctor doctor = Doctor.openForMending(copy.root().toString(), OPTIONS, ANY_AGE)) {
      List<Path> files = files(copy);
      Files.delete(files.get(0));
      Files.writeString(files.get(1), "another content, surely longer than what was there before");
      assertThat(examine(doctor)).containsOnlyKeys(Ailment.MISSING_FILES, Ailment.WRONG_SIZES);
      doctor.mend(ALL);
      assertThat(examine(doctor)).containsOnlyKeys(Ailment.MISSING_FILES, Ailment.WRONG_SIZES);
      doctor.forgetLost();
      assertThat(examine(doctor)).containsOnlyKeys(Ailment.WRONG_SIZES);
    }
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void restoresRecordsOfFilesInTheirPlace(Engine engine) throws IOException {
    try (DemoCopy copy = DemoCopy.make(engine, folder);
        Doctor doctor = Doctor.openForMending(copy.root().toString(), OPTIONS, ANY_AGE)) {
      List<Path> before = files(copy);
      copy.commit("DELETE FROM file_datastore_records WHERE path LIKE 'meadow/%'");
      assertThat(examine(doctor)).containsKey(Ailment.MISSING_RECORDS);
      doctor.mend(ALL);
      assertThat(files(copy)).as("files of lost records stay").isEqualTo(before);
      assertThat(examine(doctor).keySet())
          .as("what was put lies where its template says")
          .doesNotContain(Ailment.MISSING_FILES, Ailment.WRONG_SIZES);
    }
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void emptiesTheTrash(Engine engine) throws IOException {
    try (DemoCopy copy = DemoCopy.make(engine, folder);
        Doctor doctor = Doctor.openForMending(copy.root().toString(), OPTIONS, ANY_AGE)) {
      copy.commit(
          "INSERT INTO dataset_location_trash (dataset_id, datastore_name) SELECT dataset_id,"
              + " datastore_name FROM dataset_location",
          "DELETE FROM dataset_location");
      assertThat(examine(doctor)).containsOnlyKeys(Ailment.TRASH);
      doctor.mend(ALL);
      assertThat(examine(doctor)).isEmpty();
      assertThat(files(copy)).isEmpty();
    }
  }

  @Test
  void doesNotTakeALostFolderForLostFiles() throws IOException {
    try (DemoCopy copy = DemoCopy.make(Engine.SQLITE, folder);
        Doctor doctor = Doctor.openForMending(copy.root().toString(), OPTIONS, ANY_AGE)) {
      Files.move(copy.root(), folder.resolve("elsewhere"));
      assertThatThrownBy(doctor::forgetLost)
          .isInstanceOf(ButlerException.Unavailable.class)
          .hasMessageContaining("is not a directory");
      Files.move(folder.resolve("elsewhere"), copy.root());
    }
  }

  private static Map<Ailment, Finding> examine(Doctor doctor) {
    Map<Ailment, Finding> found = new EnumMap<>(Ailment.class);
    doctor.examine(
        ALL,
        finding -> {
          if (!finding.isClean()) {
            found.put(finding.ailment(), finding);
          }
        });
    return found;
  }

  private static Path write(DemoCopy copy, String path) throws IOException {
    Path file = copy.root().resolve(path);
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    return Files.writeString(file, "nobody's");
  }

  /// The files of datasets, in order.
  private static List<Path> files(DemoCopy copy) throws IOException {
    try (Stream<Path> all = Files.walk(copy.root().resolve("meadow"))) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
