package waystation;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;

/** An account of a test's own: nobody else's streams, nobody else's time. */
record Account(String id) {
  private static final AtomicInteger COUNT = new AtomicInteger();

  static Account fresh() {
    return new Account("%012d".formatted(COUNT.incrementAndGet()));
  }

  StaticCredentialsProvider credentials() {
    return StaticCredentialsProvider.create(AwsBasicCredentials.create(id, "secret"));
  }

  /** A client of version 2 of the SDK that talks to our server as this account. */
  <B extends AwsClientBuilder<B, C>, C> C connect(B builder) {
    return connect(builder, Waystation.endpoint());
  }

  <B extends AwsClientBuilder<B, C>, C> C connect(B builder, URI endpoint) {
    return builder.endpointOverride(endpoint).region(Region.US_EAST_1).credentialsProvider(credentials()).build();
  }

  void advance(Duration by) {
    Waystation.advance(id, by);
  }
}
