package waystation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.ChildShard;
import software.amazon.awssdk.services.kinesis.model.ResourceInUseException;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;

/** Enhanced fan-out as version 2 of the AWS SDK for Java does it: requested and pushed in JSON, over HTTP/2. */
class SubscribeToShardTest {
  private static final String STREAM = "orders";

  private final Account account = Account.fresh();
  private final KinesisAsyncClient kinesis = account.connect(KinesisAsyncClient.builder());
  private final String consumer = register();

  private String register() {
    kinesis.createStream(r -> r.streamName(STREAM).shardCount(1)).join();
    var summary = kinesis.describeStreamSummary(r -> r.streamName(STREAM)).join().streamDescriptionSummary();
    var registered = kinesis.registerStreamConsumer(r -> r.streamARN(summary.streamARN()).consumerName("c")).join();
    return registered.consumer().consumerARN();
  }

  @Test
  void pushesWhatIsPutAfterItOpened() throws Exception {
    var subscription = new Subscription(kinesis, consumer).open();
    var data = SdkBytes.fromUtf8String("pushed");
    var put = kinesis.putRecord(r -> r.streamName(STREAM).data(data).partitionKey("k")).join();
    var event = subscription.next();
    assertEquals(data, event.records().get(0).data());
    var last = new BigInteger(put.sequenceNumber());
    assertTrue(new BigInteger(event.continuationSequenceNumber()).compareTo(last) > 0);
    assertEquals(0L, event.millisBehindLatest());
  }

  @Test
  void carriesMoreThanAWindowOfHttp2() throws Exception {
    var subscription = new Subscription(kinesis, consumer).open();
    var data = SdkBytes.fromByteArray(new byte[1_000_000]);
    for (int number = 0; number < 5; number++) {
      kinesis.putRecord(r -> r.streamName(STREAM).data(data).partitionKey("k")).join();
    }
    var read = new ArrayList<SdkBytes>();
    while (read.size() < 5) subscription.next().records().forEach(item -> read.add(item.data()));
    assertEquals(Collections.nCopies(5, data), read);
  }

  @Test
  void saysThatItIsAliveAndEndsAfterFiveMinutes() throws Exception {
    var subscription = new Subscription(kinesis, consumer).open();
    account.advance(Duration.ofSeconds(5));
    assertEquals(List.of(), subscription.next().records());
    account.advance(Duration.ofMinutes(5));
    subscription.end();
  }

  @Test
  void endsWithTheChildrenOfItsShard() throws Exception {
    var subscription = new Subscription(kinesis, consumer).open();
    kinesis.splitShard(r -> r.streamName(STREAM).shardToSplit("shardId-000000000000").newStartingHashKey("9")).join();
    var event = subscription.next();
    assertNull(event.continuationSequenceNumber());
    assertEquals(
        List.of("shardId-000000000001", "shardId-000000000002"),
        event.childShards().stream().map(ChildShard::shardId).toList());
    subscription.end();
  }

  @Test
  void givesWayToTheNextAfterFiveSeconds() throws Exception {
    var first = new Subscription(kinesis, consumer).open();
    var refused = failureOf(new Subscription(kinesis, consumer)::open);
    assertTrue(assertInstanceOf(ResourceInUseException.class, refused).getMessage().startsWith("Another active"));
    account.advance(Duration.ofSeconds(5));
    new Subscription(kinesis, consumer).open();
    assertInstanceOf(ResourceInUseException.class, failureOf(first::end));
  }

  @Test
  void failsWhenItsConsumerIsGone() throws Exception {
    var subscription = new Subscription(kinesis, consumer).open();
    kinesis.deregisterStreamConsumer(r -> r.consumerARN(consumer)).join();
    assertInstanceOf(ResourceNotFoundException.class, failureOf(subscription::end));
  }

  private static Throwable failureOf(Executable waiting) {
    return assertThrows(ExecutionException.class, waiting).getCause();
  }
}
