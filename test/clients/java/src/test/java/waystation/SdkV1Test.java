package waystation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.amazonaws.auth.AWSStaticCredentialsProvider;
import com.amazonaws.auth.BasicAWSCredentials;
import com.amazonaws.client.builder.AwsClientBuilder.EndpointConfiguration;
import com.amazonaws.services.kinesis.AmazonKinesis;
import com.amazonaws.services.kinesis.AmazonKinesisClientBuilder;
import com.amazonaws.services.kinesis.model.GetRecordsRequest;
import com.amazonaws.services.kinesis.model.ResourceNotFoundException;
import com.amazonaws.services.kinesis.model.ShardIteratorType;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Version 1 of the AWS SDK for Java: CBOR over HTTP/1.1. */
class SdkV1Test {
  private static final String SHARD = "shardId-000000000000";

  private final Account account = Account.fresh();
  private final AmazonKinesis kinesis =
      AmazonKinesisClientBuilder.standard()
          .withEndpointConfiguration(new EndpointConfiguration(Waystation.endpoint().toString(), "us-east-1"))
          .withCredentials(new AWSStaticCredentialsProvider(new BasicAWSCredentials(account.id(), "secret")))
          .build();

  @Test
  void aRecordComesBackAsItWasPut() {
    kinesis.createStream("orders", 1);
    var put = kinesis.putRecord("orders", UTF_8.encode("käse"), "schlüssel");
    var iterator = kinesis.getShardIterator("orders", SHARD, ShardIteratorType.TRIM_HORIZON.toString());
    var read = kinesis.getRecords(new GetRecordsRequest().withShardIterator(iterator.getShardIterator()));
    assertEquals(1, read.getRecords().size());
    var item = read.getRecords().get(0);
    assertEquals(ByteBuffer.wrap("käse".getBytes(UTF_8)), item.getData());
    assertEquals("schlüssel", item.getPartitionKey());
    assertEquals(put.getSequenceNumber(), item.getSequenceNumber());
    var age = Duration.between(item.getApproximateArrivalTimestamp().toInstant(), Instant.now());
    assertTrue(age.abs().compareTo(Patience.LIMIT) < 0, "an instant of today");
    assertEquals(0L, read.getMillisBehindLatest());
  }

  @Test
  void anErrorHasItsType() {
    var refused = assertThrows(ResourceNotFoundException.class, () -> kinesis.describeStream("orders"));
    assertEquals("ResourceNotFoundException", refused.getErrorCode());
    assertEquals("Stream orders under account " + account.id() + " not found.", refused.getErrorMessage());
  }
}
