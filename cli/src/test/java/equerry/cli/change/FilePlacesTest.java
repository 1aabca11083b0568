package equerry.cli.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilePlacesTest {
  @ParameterizedTest
  @CsvSource({
    "/data, a.fits, /data/a.fits",
    "/data, /other/a.fits, /other/a.fits",
    "/data, ../a.fits, /a.fits",
    "/data, größe & 100% #1.fits, /data/größe & 100% #1.fits",
    "/data, s3://bucket/a.fits, s3://bucket/a.fits",
    "/data, file:///b/a.fits, file:///b/a.fits",
    "s3://bucket/x, a/b c.fits, s3://bucket/x/a/b%20c.fits",
    "s3://bucket/x/, a.fits, s3://bucket/x/a.fits",
    "s3://bucket/x, /local/a.fits, /local/a.fits",
  })
  void relativePathsStartAtThePrefix(String prefix, String path, String place) {
    assertThat(FilePlaces.below(prefix).resolve(path)).isEqualTo(place);
  }

  @ParameterizedTest
  @CsvSource({"'', a.fits", "sub, a.fits", "., a.fits"})
  void relativePrefixesStartAtTheWorkingDirectory(String prefix, String path) {
    assertThat(FilePlaces.below(prefix).resolve(path))
        .isEqualTo(
            Path.of("").toAbsolutePath().resolve(prefix).resolve(path).normalize().toString());
  }
}
