package equerry.datastore.object;

import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/// How one object store is reached.
///
/// @param endpoint base URL of the store, null for AWS itself; objects are then below its path
/// @param region region for signatures of version 4, null when none is configured
/// @param credentials who we are there; asked for every link, so that they may change
record S3Profile(
    @Nullable URI endpoint, @Nullable String region, AwsCredentialsProvider credentials) {
  static final String DEFAULT_REGION = "us-east-1";

  /// The regions for which botocore's endpoint list still names signature version 2.
  private static final Set<String> V2_REGIONS =
      Set.of(
          "ap-northeast-1",
          "ap-southeast-1",
          "ap-southeast-2",
          "aws-global",
          "eu-west-1",
          "s3-external-1",
          "sa-east-1",
          "us-east-1",
          "us-west-1",
          "us-west-2");

  String regionOrDefault() {
    return region == null ? DEFAULT_REGION : region;
  }

  boolean prefersVersion2() {
    return region == null || V2_REGIONS.contains(region);
  }
}
