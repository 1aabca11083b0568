package equerry.datastore.object;

import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.InstanceProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.profiles.Profile;
import software.amazon.awssdk.profiles.ProfileFile;

/// Where credentials come from when no URL holds them, in boto3's order: the variables
/// `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and `AWS_SESSION_TOKEN`; the profile `AWS_PROFILE`
/// (or `default`) of the files `AWS_SHARED_CREDENTIALS_FILE` (`~/.aws/credentials`) and
/// `AWS_CONFIG_FILE` (`~/.aws/config`); the container's or the machine's role.
///
/// A profile that is named in a URI comes from the files only. The files are read once.
final class AwsCredentialSources {
  private final Map<String, String> environment;
  private final ProfileFile files;

  AwsCredentialSources(Map<String, String> environment) {
    this.environment = environment;
    this.files = readFiles();
  }

  /// Credentials of a named profile, or those that go without a name.
  AwsCredentialsProvider forProfile(@Nullable String name) {
    if (name != null) {
      return fromFiles(name)
          .orElseThrow(
              () ->
                  new ButlerException.Unavailable(
                      ErrorCode.CONFIGURATION,
                      "There are no credentials for the object store profile '"
                          + name
                          + "': set LSST_RESOURCES_S3_PROFILE_"
                          + name
                          + " or add the profile to the AWS credentials file.",
                      null));
    }
    return fromVariables().or(() -> fromFiles(profileName())).orElseGet(this::fromRoles);
  }

  /// The region for a named profile, or the one that goes without a name.
  @Nullable String region(@Nullable String name) {
    String fromVariables =
        variable("AWS_DEFAULT_REGION").or(() -> variable("AWS_REGION")).orElse(null);
    if (fromVariables != null) {
      return fromVariables;
    }
    return files
        .profile(name == null ? profileName() : name)
        .flatMap(profile -> profile.property("region"))
        .orElse(null);
  }

  private Optional<AwsCredentialsProvider> fromVariables() {
    Optional<String> key = variable("AWS_ACCESS_KEY_ID");
    Optional<String> secret = variable("AWS_SECRET_ACCESS_KEY");
    if (key.isEmpty() || secret.isEmpty() || variable("AWS_PROFILE").isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        StaticCredentialsProvider.create(
            variable("AWS_SESSION_TOKEN")
                .<software.amazon.awssdk.auth.credentials.AwsCredentials>map(
                    token -> AwsSessionCredentials.create(key.get(), secret.get(), token))
                .orElseGet(() -> AwsBasicCredentials.create(key.get(), secret.get()))));
  }

  private Optional<AwsCredentialsProvider> fromFiles(String name) {
    Optional<Profile> profile = files.profile(name);
    return profile.map(
        found -> ProfileCredentialsProvider.builder().profileFile(files).profileName(name).build());
  }

  private AwsCredentialsProvider fromRoles() {
    AwsCredentialsProviderChain.Builder chain =
        AwsCredentialsProviderChain.builder()
            .addCredentialsProvider(ContainerCredentialsProvider.create());
    if (!"true".equalsIgnoreCase(environment.get("AWS_EC2_METADATA_DISABLED"))) {
      chain.addCredentialsProvider(InstanceProfileCredentialsProvider.create());
    }
    return chain.build();
  }

  private ProfileFile readFiles() {
    ProfileFile.Aggregator files = ProfileFile.aggregator();
    add(files, "AWS_SHARED_CREDENTIALS_FILE", "credentials", ProfileFile.Type.CREDENTIALS);
    add(files, "AWS_CONFIG_FILE", "config", ProfileFile.Type.CONFIGURATION);
    return files.build();
  }

  private void add(
      ProfileFile.Aggregator files, String variable, String name, ProfileFile.Type type) {
    Path file =
        variable(variable)
            .map(Path::of)
            .orElseGet(
                () -> Path.of(environment.getOrDefault("HOME", "/")).resolve(".aws/" + name));
    if (Files.isReadable(file)) {
      files.addFile(ProfileFile.builder().content(file).type(type).build());
    }
  }

  private String profileName() {
    return variable("AWS_PROFILE").or(() -> variable("AWS_DEFAULT_PROFILE")).orElse("default");
  }

  private Optional<String> variable(String key) {
    return Optional.ofNullable(environment.get(key)).filter(value -> !value.isBlank());
  }
}
