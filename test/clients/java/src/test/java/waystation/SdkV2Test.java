package waystation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.SdkHttpConfigurationOption;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.utils.AttributeMap;

/** Version 2 of the AWS SDK for Java: CBOR, over HTTP/1.1 and, from the asynchronous client, over HTTP/2. */
class SdkV2Test {
  private static final String STREAM = "orders";
  private static final String SHARD = "shardId-000000000000";
  private static final SdkBytes DATA = SdkBytes.fromByteArray(new byte[] {0, -1, 1});

  private final Account account = Account.fresh();
  private final Formats formats = new Formats();
  private final KinesisClient sync =
      account.connect(KinesisClient.builder().overrideConfiguration(o -> o.addExecutionInterceptor(formats)));
  private final KinesisAsyncClient async =
      account.connect(KinesisAsyncClient.builder().overrideConfiguration(o -> o.addExecutionInterceptor(formats)));

  @Test
  void theSynchronousClientGetsARecordAsItWasPut() {
    sync.createStream(r -> r.streamName(STREAM).shardCount(1));
    sync.waiter().waitUntilStreamExists(r -> r.streamName(STREAM));
    var put = sync.putRecord(r -> r.streamName(STREAM).data(DATA).partitionKey("schlüssel"));
    var iterator =
        sync.getShardIterator(
            r -> r.streamName(STREAM).shardId(SHARD).shardIteratorType(ShardIteratorType.TRIM_HORIZON));
    checkRead(put.sequenceNumber(), sync.getRecords(r -> r.shardIterator(iterator.shardIterator())));
  }

  @Test
  void theAsynchronousClientGetsARecordAsItWasPut() {
    async.createStream(r -> r.streamName(STREAM).shardCount(1)).join();
    async.waiter().waitUntilStreamExists(r -> r.streamName(STREAM)).join();
    var put = async.putRecord(r -> r.streamName(STREAM).data(DATA).partitionKey("schlüssel")).join();
    var iterator =
        async.getShardIterator(
            r -> r.streamName(STREAM).shardId(SHARD).shardIteratorType(ShardIteratorType.TRIM_HORIZON)).join();
    checkRead(put.sequenceNumber(), async.getRecords(r -> r.shardIterator(iterator.shardIterator())).join());
  }

  @Test
  void tlsIsNegotiatedUpToHttp2() {
    var anyCertificate = AttributeMap.builder().put(SdkHttpConfigurationOption.TRUST_ALL_CERTIFICATES, true).build();
    var http = NettyNioAsyncHttpClient.builder().protocol(Protocol.HTTP2).buildWithDefaults(anyCertificate);
    try (var secure = account.connect(KinesisAsyncClient.builder().httpClient(http), Waystation.secureEndpoint())) {
      secure.createStream(r -> r.streamName(STREAM).shardCount(1)).join();
      assertEquals(List.of(STREAM), secure.listStreams().join().streamNames());
    }
  }

  private void checkRead(String sequenceNumber, GetRecordsResponse read) {
    assertEquals(1, read.records().size());
    var item = read.records().get(0);
    assertEquals(DATA, item.data());
    assertEquals("schlüssel", item.partitionKey());
    assertEquals(sequenceNumber, item.sequenceNumber());
    var age = Duration.between(item.approximateArrivalTimestamp(), Instant.now());
    assertTrue(age.abs().compareTo(Patience.LIMIT) < 0, "an instant of today");
    assertEquals(0L, read.millisBehindLatest());
    assertEquals(Set.of(Formats.CBOR), formats.seen());
  }

  @Test
  void anInstantIsWhereToBegin() {
    sync.createStream(r -> r.streamName(STREAM).shardCount(1));
    sync.putRecord(r -> r.streamName(STREAM).data(DATA).partitionKey("old"));
    account.advance(Duration.ofMinutes(1));
    var since = Instant.now();
    sync.putRecord(r -> r.streamName(STREAM).data(DATA).partitionKey("new"));
    var iterator =
        sync.getShardIterator(
            r ->
                r.streamName(STREAM)
                    .shardId(SHARD)
                    .shardIteratorType(ShardIteratorType.AT_TIMESTAMP)
                    .timestamp(since));
    var read = sync.getRecords(r -> r.shardIterator(iterator.shardIterator()));
    assertEquals(List.of("new"), read.records().stream().map(Record::partitionKey).toList());
  }

  @Test
  void anErrorHasItsType() {
    var message = "Stream orders under account " + account.id() + " not found.";
    var refused = assertThrows(ResourceNotFoundException.class, () -> sync.describeStream(r -> r.streamName(STREAM)));
    assertEquals(message, refused.awsErrorDetails().errorMessage());
    var failed =
        assertThrows(CompletionException.class, () -> async.describeStream(r -> r.streamName(STREAM)).join());
    assertEquals(message, ((ResourceNotFoundException) failed.getCause()).awsErrorDetails().errorMessage());
  }

  @Test
  void fiveHundredRecordsGoAtOnce() {
    sync.createStream(r -> r.streamName(STREAM).shardCount(1));
    var entry = PutRecordsRequestEntry.builder().data(DATA).partitionKey("k").build();
    var put = sync.putRecords(r -> r.streamName(STREAM).records(Collections.nCopies(500, entry)));
    assertEquals(0, put.failedRecordCount());
    assertEquals(500, put.records().size());
  }
}
