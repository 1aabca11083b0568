package equerry.datastore.local;

import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The secrets that sign links to local files: the first signs, all are accepted.
///
/// To rotate, put a new key on the first line of the file and drop the old one once the longest
/// link made with it has expired. The file has one key a line in Base64; empty lines and lines that
/// start with `#` are passed over. All servers behind one address must have the same file. Safe for
/// use by many threads.
public final class SigningKeys {
  /// The shortest key that is accepted; HMAC-SHA256 gains nothing from more than 64 bytes.
  public static final int MIN_KEY_BYTES = 32;

  /// How many keys may be accepted at a time, since each costs work for every forged link.
  public static final int MAX_KEYS = 8;

  private static final Logger LOG = LoggerFactory.getLogger(SigningKeys.class);
  private static final String ALGORITHM = "HmacSHA256";

  private final List<SecretKeySpec> keys;

  private SigningKeys(List<byte[]> secrets) {
    this.keys = secrets.stream().map(secret -> new SecretKeySpec(secret, ALGORITHM)).toList();
  }

  /// Keys that are given; throws [ButlerException.Invalid] when there are none, too many, or one is
  /// too short.
  public static SigningKeys of(List<byte[]> secrets) {
    if (secrets.isEmpty() || secrets.size() > MAX_KEYS) {
      throw unusable("There must be 1 to " + MAX_KEYS + " signing keys, not " + secrets.size());
    }
    if (secrets.stream().anyMatch(secret -> secret.length < MIN_KEY_BYTES)) {
      throw unusable("A signing key must have at least " + MIN_KEY_BYTES + " bytes");
    }
    return new SigningKeys(secrets.stream().map(byte[]::clone).toList());
  }

  /// A key that lives as long as this process; its links end with it.
  public static SigningKeys generated() {
    return of(List.of(randomKey()));
  }

  /// Reads the keys of a file; makes the file with one new key, readable by its owner only, when it
  /// is not there.
  ///
  /// @throws ButlerException.Invalid when the file cannot be read or made or has no usable key
  public static SigningKeys loadOrCreate(Path file) {
    try {
      if (Files.notExists(file)) {
        create(file);
      }
      warnWhenOpenToOthers(file);
      return of(parse(Files.readAllLines(file)));
    } catch (IOException | IllegalArgumentException e) {
      throw new ButlerException.Invalid(
          ErrorCode.CONFIGURATION,
          "The file with the signing keys cannot be used: it must hold one Base64 key a line and be"
              + " readable by the server.",
          e);
    }
  }

  /// The whole key appears at once: a second server that starts at the same time reads it or wins.
  private static void create(Path file) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    Path draft =
        Files.createTempFile(
            directory,
            ".signing-key",
            ".new",
            PosixFilePermissions.asFileAttribute(
                Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE)));
    try {
      Files.writeString(draft, Base64.getEncoder().encodeToString(randomKey()) + "\n");
      Files.createLink(file, draft);
    } catch (FileAlreadyExistsException e) {
      LOG.debug("Another process made the signing key first", e);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private static List<byte[]> parse(List<String> lines) {
    List<byte[]> secrets = new ArrayList<>();
    for (String line : lines) {
      String text = line.strip();
      if (!text.isEmpty() && !text.startsWith("#")) {
        secrets.add(Base64.getDecoder().decode(text));
      }
    }
    return secrets;
  }

  private static void warnWhenOpenToOthers(Path file) throws IOException {
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
    if (permissions.contains(PosixFilePermission.OTHERS_READ)
        || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
      LOG.warn("The file with the signing keys is open to every user of this machine");
    }
  }

  private static byte[] randomKey() {
    byte[] secret = new byte[MIN_KEY_BYTES];
    new SecureRandom().nextBytes(secret);
    return secret;
  }

  /// The signature of a message by the first key.
  byte[] sign(byte[] message) {
    return digest(keys.getFirst(), message);
  }

  /// Whether any of the keys made the signature; the comparison takes the same time for every
  /// signature of the right length.
  boolean accepts(byte[] message, byte[] signature) {
    boolean accepted = false;
    for (SecretKeySpec key : keys) {
      accepted |= MessageDigest.isEqual(digest(key, message), signature);
    }
    return accepted;
  }

  private static byte[] digest(SecretKeySpec key, byte[] message) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has HmacSHA256", e);
    }
  }

  private static ButlerException unusable(String message) {
    return new ButlerException.Invalid(ErrorCode.CONFIGURATION, message + ".");
  }
}
