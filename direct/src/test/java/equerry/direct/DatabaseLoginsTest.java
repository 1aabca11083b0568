package equerry.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.registry.db.DatabaseSource.Login;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The rules are those of `lsst.utils.db_auth`; `logins.csv` holds its answers (see
/// `src/test/python/ask_logins.py`).
class DatabaseLoginsTest {
  private static final String ENTRY =
      "- {url: 'postgresql://*', username: reader, password: secret}\n";

  @TempDir Path folder;

  private Path file(String text, String permissions) throws IOException {
    Path file = folder.resolve("db-auth.yaml");
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    return file;
  }

  @ParameterizedTest
  @CsvFileSource(resources = "logins.csv", numLinesToSkip = 1, quoteCharacter = '\'')
  void findsTheLoginThatTheStockPackageFinds(
      String entryUrl, String databaseUrl, @Nullable String user) {
    String json =
        "[{\"url\": \"%s\", \"username\": \"reader\", \"password\": \"secret\"}]"
            .formatted(entryUrl);
    DatabaseLogins logins = DatabaseLogins.of(Map.of("LSST_DB_AUTH_CREDENTIALS", json));
    assertThat(logins.find(databaseUrl).map(Login::user).orElse(null)).isEqualTo(user);
  }

  @Test
  void takesTheFirstThatFits() {
    String json =
        """
        [{"url": "postgresql://other", "username": "a", "password": "1"},
         {"url": "postgresql://ho*", "username": "b", "password": "2"},
         {"url": "postgresql://host", "username": "c", "password": "3"}]
        """;
    DatabaseLogins logins = DatabaseLogins.of(Map.of("LSST_DB_AUTH_CREDENTIALS", json));
    assertThat(logins.find("postgresql://host/db")).contains(new Login("b", "2"));
  }

  @Test
  void readsTheFileThatIsNamed() throws IOException {
    Path file = file(ENTRY, "rw-------");
    DatabaseLogins logins = DatabaseLogins.of(Map.of("LSST_DB_AUTH", file.toString()));
    assertThat(logins.find("postgresql://h/d")).contains(new Login("reader", "secret"));
  }

  @Test
  void readsTheFileOfTheHome() throws IOException {
    Files.createDirectory(folder.resolve(".lsst"));
    Files.move(file(ENTRY, "r--------"), folder.resolve(".lsst/db-auth.yaml"));
    DatabaseLogins logins = DatabaseLogins.of(Map.of("HOME", folder.toString()));
    assertThat(logins.find("postgresql://h/d")).isPresent();
    DatabaseLogins named =
        DatabaseLogins.of(
            Map.of("HOME", folder.toString(), "LSST_DB_AUTH", "~/.lsst/db-auth.yaml"));
    assertThat(named.find("postgresql://h/d")).isPresent();
  }

  @Test
  void hasNoneWithoutAFile() {
    DatabaseLogins logins = DatabaseLogins.of(Map.of("HOME", folder.toString()));
    assertThat(logins.find("postgresql://h/d")).isEmpty();
  }

  @Test
  void leavesAPasswordInTheUrlAlone() throws IOException {
    Path file = file(ENTRY, "rw-------");
    DatabaseLogins logins = DatabaseLogins.of(Map.of("LSST_DB_AUTH", file.toString()));
    assertThat(logins.find("postgresql://me:mine@h/d")).isEmpty();
    assertThat(logins.find("sqlite:////a/b")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rwx--x---", "rw-rw-rw-"})
  void refusesAFileThatOthersMayUse(String permissions) throws IOException {
    Path file = file(ENTRY, permissions);
    assertRefused(Map.of("LSST_DB_AUTH", file.toString()), "chmod 600");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "a: b", "text", "7", ""})
  void refusesABrokenFile(String text) throws IOException {
    Path file = file(text, "rw-------");
    assertRefused(Map.of("LSST_DB_AUTH", file.toString()), "LSST_DB_AUTH");
  }

  @Test
  void refusesBrokenJson() {
    assertRefused(Map.of("LSST_DB_AUTH_CREDENTIALS", "{secret"), "LSST_DB_AUTH");
  }

  private static void assertRefused(Map<String, String> environment, String word) {
    assertThatExceptionOfType(ButlerException.Invalid.class)
        .isThrownBy(() -> DatabaseLogins.of(environment))
        .satisfies(
            fault -> {
              assertThat(fault.code()).isEqualTo(ErrorCode.CONFIGURATION);
              assertThat(fault.detail()).contains(word).doesNotContain("secret");
            });
  }

  @Test
  void doesNotPrintPasswords() {
    assertThat(new Login("me", "secret").toString()).doesNotContain("secret");
  }
}
