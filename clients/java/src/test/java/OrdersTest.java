import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import waystation.testing.Expected;
import waystation.testing.Patience;
import waystation.testing.WaystationClient;
import waystation.testing.WaystationExtension;

@ExtendWith(WaystationExtension.class)
class OrdersTest {
  private SqsClient sqs;

  @BeforeEach
  void connect(WaystationClient waystation) {
    sqs =
        waystation.client(
            (endpoint, region, accessKeyId, secret) ->
                SqsClient.builder()
                    .endpointOverride(endpoint)
                    .region(Region.of(region))
                    .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKeyId, secret)))
                    .build());
  }

  @Test
  void anOrderThatIsNotDeletedComesBack(WaystationClient waystation) {
    var url = sqs.createQueue(r -> r.queueName("orders")).queueUrl();
    sqs.sendMessage(r -> r.queueUrl(url).messageBody("{\"id\":7}"));
    var orders = waystation.queue("orders");
    orders.waitForMessage(Expected.json(Map.of("id", 7))); // the moment it is there
    sqs.receiveMessage(r -> r.queueUrl(url));
    orders.waitUntil("visible", Patience.within(Duration.ofSeconds(30))); // of the account's time, which pass at once
    orders.expectNoMessage(Expected.json(Map.of("id", 8)), Patience.within(Duration.ofHours(1)));
    assertEquals(1, orders.describe().path("visible").asInt());
  }
}
