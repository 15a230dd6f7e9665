package waystation;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static waystation.Patience.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.ScalingType;
import software.amazon.awssdk.services.kinesis.model.Shard;

/** The Kinesis Client Library, unmodified, by polling and by enhanced fan-out. */
class KclTest {
  private static final String STREAM = "orders";
  private static final int KEYS = 20;

  private static LeaseTables leases;

  private final Account account = Account.fresh();
  private final KinesisClient kinesis = account.connect(KinesisClient.builder());
  private int putPerKey = 0;

  @BeforeAll
  static void openLeases() throws Exception {
    leases = new LeaseTables();
  }

  @AfterAll
  static void closeLeases() throws Exception {
    leases.close();
  }

  @ParameterizedTest(name = "every record arrives once and in order, by {0}")
  @EnumSource(Worker.Retrieval.class)
  void everyRecordArrivesOnceAndInOrder(Worker.Retrieval retrieval) throws Exception {
    var task = new Worker.Task(account, STREAM, retrieval);
    kinesis.createStream(r -> r.streamName(STREAM).shardCount(2));
    kinesis.waiter().waitUntilStreamExists(r -> r.streamName(STREAM));
    put(10);

    var first = new Application();
    try (var worker = new Worker("first", task, first, leases)) {
      await("what was there before the worker", () -> first.count() >= 10 * KEYS);
      reshardWhilePutting();
      await("what was put while the stream changed", () -> first.count() >= 30 * KEYS);
      await("the ends of closed shards", () -> first.endedShards().equals(closedShards()));

      // Iterators expire, subscriptions end.
      account.advance(Duration.ofMinutes(5).plusSeconds(1));
      put(5);
      await("what was put five minutes later", () -> first.count() >= 35 * KEYS);
      assertEquals(everyKeyWith(0, 35), first.textsByKey());
    }

    put(5);
    var second = new Application();
    try (var worker = new Worker("second", task, second, leases)) {
      await("what was put while nobody worked", () -> second.count() >= 5 * KEYS);
      put(5);
      await("what was put since", () -> second.count() >= 10 * KEYS);
      assertEquals(everyKeyWith(35, 45), second.textsByKey());
    }
  }

  private void reshardWhilePutting() {
    put(5);
    kinesis.splitShard(
        r -> r.streamName(STREAM).shardToSplit("shardId-000000000000").newStartingHashKey("1" + "0".repeat(37)));
    put(5);
    kinesis.mergeShards(
        r -> r.streamName(STREAM).shardToMerge("shardId-000000000003").adjacentShardToMerge("shardId-000000000001"));
    put(5);
    kinesis.updateShardCount(
        r -> r.streamName(STREAM).targetShardCount(4).scalingType(ScalingType.UNIFORM_SCALING));
    put(5);
  }

  /** Puts so many records more for each key: the numbers that come next. */
  private void put(int perKey) {
    for (int end = putPerKey + perKey; putPerKey < end; putPerKey++) {
      var data = SdkBytes.fromUtf8String(String.valueOf(putPerKey));
      var entries = keys().map(key -> PutRecordsRequestEntry.builder().partitionKey(key).data(data).build()).toList();
      assertEquals(0, kinesis.putRecords(r -> r.streamName(STREAM).records(entries)).failedRecordCount());
    }
  }

  private Set<String> closedShards() {
    return kinesis.listShards(r -> r.streamName(STREAM)).shards().stream()
        .filter(shard -> shard.sequenceNumberRange().endingSequenceNumber() != null)
        .map(Shard::shardId)
        .collect(toSet());
  }

  private static Map<String, List<String>> everyKeyWith(int from, int to) {
    var texts = IntStream.range(from, to).mapToObj(String::valueOf).toList();
    return keys().collect(toMap(key -> key, key -> texts));
  }

  private static Stream<String> keys() {
    return IntStream.range(0, KEYS).mapToObj(number -> "key-" + number);
  }
}
