package waystation.testing;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Clients of SQS, as docs/junit.md makes them. */
final class Sqs {
  private Sqs() {}

  static SqsClient of(WaystationClient waystation) {
    return waystation.client(
        (endpoint, region, key, secret) ->
            SqsClient.builder()
                .endpointOverride(endpoint)
                .region(Region.of(region))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(key, secret)))
                .build());
  }
}
