package equerry.datastore.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import equerry.api.error.ButlerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningKeysTest {
  private static final byte[] MESSAGE = "message".getBytes(UTF_8);

  @Test
  void signsWithHmacSha256() {
    // RFC 4231, test case 6: a key of 131 bytes of 0xaa.
    byte[] key = new byte[131];
    java.util.Arrays.fill(key, (byte) 0xaa);

    assertThat(
            SigningKeys.of(List.of(key))
                .sign("Test Using Larger Than Block-Size Key - Hash Key First".getBytes(UTF_8)))
        .isEqualTo(
            HexFormat.of()
                .parseHex("60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"));
  }

  @Test
  void aMissingFileIsMadeForItsOwnerOnly(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("key");

    byte[] signature = SigningKeys.loadOrCreate(file).sign(MESSAGE);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(SigningKeys.loadOrCreate(file).accepts(MESSAGE, signature)).isTrue();
    try (var left = Files.list(directory)) {
      assertThat(left).containsExactly(file);
    }
  }

  @Test
  void theFirstKeyOfAFileSignsAndAllAreAccepted(@TempDir Path directory) throws IOException {
    byte[] first = new byte[32];
    byte[] second = new byte[40];
    second[0] = 1;
    Path file = directory.resolve("key");
    Files.writeString(file, "# rotated\n\n  " + base64(first) + "\n" + base64(second) + "\n");

    SigningKeys keys = SigningKeys.loadOrCreate(file);

    assertThat(keys.sign(MESSAGE)).isEqualTo(SigningKeys.of(List.of(first)).sign(MESSAGE));
    assertThat(keys.accepts(MESSAGE, SigningKeys.of(List.of(second)).sign(MESSAGE))).isTrue();
    assertThat(keys.accepts(MESSAGE, SigningKeys.generated().sign(MESSAGE))).isFalse();
    assertThat(keys.accepts(MESSAGE, new byte[0])).isFalse();
  }

  @Test
  void unusableFilesAreRefusedWithoutShowingThem(@TempDir Path directory) throws IOException {
    for (String content : List.of("", "# none\n", "not base64!", base64(new byte[31]))) {
      Path file = directory.resolve("key");
      Files.writeString(file, content);

      assertThatThrownBy(() -> SigningKeys.loadOrCreate(file))
          .isInstanceOf(ButlerException.Invalid.class)
          .hasMessageNotContaining(directory.toString());
    }
    assertThatThrownBy(() -> SigningKeys.loadOrCreate(directory))
        .isInstanceOf(ButlerException.Invalid.class);
  }

  @Test
  void thereIsALimitOfKeys() {
    List<byte[]> eight = Collections.nCopies(SigningKeys.MAX_KEYS, new byte[32]);
    List<byte[]> nine = Collections.nCopies(SigningKeys.MAX_KEYS + 1, new byte[32]);

    assertThat(SigningKeys.of(eight)).isNotNull();
    assertThatThrownBy(() -> SigningKeys.of(nine)).hasMessageContaining("1 to 8");
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
