package waystation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.util.concurrent.ListenableFuture;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.kinesis.producer.KinesisProducer;
import software.amazon.kinesis.producer.KinesisProducerConfiguration;
import software.amazon.kinesis.producer.UserRecordResult;
import software.amazon.kinesis.retrieval.AggregatorUtil;
import software.amazon.kinesis.retrieval.KinesisClientRecord;

/** The Kinesis Producer Library: a native program in C++ that speaks JSON over TLS and packs many records into one. */
@EnabledOnOs(OS.LINUX)
class KplTest {
  private static final String STREAM = "orders";

  private final Account account = Account.fresh();
  private final KinesisClient kinesis = account.connect(KinesisClient.builder());

  @Test
  void whatIsPackedComesBackUnpacked() throws Exception {
    kinesis.createStream(r -> r.streamName(STREAM).shardCount(3));
    var producer = new KinesisProducer(configuration());
    try {
      produce(producer, 0, 500);
      kinesis.splitShard(r -> r.streamName(STREAM).shardToSplit("shardId-000000000000").newStartingHashKey("9"));
      produce(producer, 500, 1_000);
    } finally {
      producer.destroy();
    }
    var stored = shards().mapToInt(shard -> recordsOf(shard).size()).sum();
    assertTrue(stored < 1_000, stored + " records are too many to hold several each");
    var texts = shards().flatMap(this::unpacked).distinct().sorted().toList();
    assertEquals(IntStream.range(0, 1_000).mapToObj(String::valueOf).sorted().toList(), texts);
  }

  private KinesisProducerConfiguration configuration() {
    return new KinesisProducerConfiguration()
        .setRegion("us-east-1")
        .setCredentialsProvider(account.credentials())
        .setKinesisEndpoint("127.0.0.1")
        .setKinesisPort(Waystation.port())
        .setStsEndpoint("127.0.0.1")
        .setStsPort(Waystation.port())
        .setVerifyCertificate(false)
        .setMetricsLevel("none")
        .setTempDirectory(Path.of("target").toAbsolutePath().toString());
  }

  /** Puts the numbers as texts and waits until each has arrived. */
  private static void produce(KinesisProducer producer, int from, int to) throws Exception {
    List<ListenableFuture<UserRecordResult>> puts = new ArrayList<>();
    for (int number = from; number < to; number++) {
      puts.add(producer.addUserRecord(STREAM, "key-" + number % 50, UTF_8.encode(String.valueOf(number))));
    }
    producer.flush();
    for (var put : puts) assertTrue(put.get(Patience.LIMIT.toMillis(), TimeUnit.MILLISECONDS).isSuccessful());
  }

  private Stream<Shard> shards() {
    return kinesis.listShards(r -> r.streamName(STREAM)).shards().stream();
  }

  private List<KinesisClientRecord> recordsOf(Shard shard) {
    var iterator =
        kinesis.getShardIterator(
            r -> r.streamName(STREAM).shardId(shard.shardId()).shardIteratorType(ShardIteratorType.TRIM_HORIZON));
    var read = kinesis.getRecords(r -> r.shardIterator(iterator.shardIterator()));
    return read.records().stream().map(KinesisClientRecord::fromRecord).toList();
  }

  /** What the KCL makes of a shard. Where the producer did not expect records, it puts them again: some come twice. */
  private Stream<String> unpacked(Shard shard) {
    var unpacked = new AggregatorUtil().deaggregate(recordsOf(shard));
    return unpacked.stream().map(item -> UTF_8.decode(item.data()).toString());
  }
}
