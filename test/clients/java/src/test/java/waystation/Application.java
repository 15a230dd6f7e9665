package waystation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import software.amazon.kinesis.exceptions.InvalidStateException;
import software.amazon.kinesis.exceptions.ShutdownException;
import software.amazon.kinesis.lifecycle.events.InitializationInput;
import software.amazon.kinesis.lifecycle.events.LeaseLostInput;
import software.amazon.kinesis.lifecycle.events.ProcessRecordsInput;
import software.amazon.kinesis.lifecycle.events.ShardEndedInput;
import software.amazon.kinesis.lifecycle.events.ShutdownRequestedInput;
import software.amazon.kinesis.processor.RecordProcessorCheckpointer;
import software.amazon.kinesis.processor.ShardRecordProcessor;
import software.amazon.kinesis.processor.ShardRecordProcessorFactory;
import software.amazon.kinesis.retrieval.KinesisClientRecord;

/** What a program built on the KCL gets to see. It checkpoints whatever it has seen. */
final class Application implements ShardRecordProcessorFactory {
  private final Map<String, List<String>> textsByKey = new ConcurrentHashMap<>();
  private final Set<String> endedShards = ConcurrentHashMap.newKeySet();
  private volatile boolean lostLeases = false;

  /** How many different records came so far. */
  long count() {
    return textsByKey.values().stream().mapToLong(texts -> texts.stream().distinct().count()).sum();
  }

  /**
   * The texts by partition key, each in the order they came. A worker that loses a lease, because its machine is slow,
   * begins again at the last checkpoint; what came twice for that reason is left out.
   */
  Map<String, List<String>> textsByKey() {
    if (lostLeases) textsByKey.replaceAll((key, texts) -> texts.stream().distinct().toList());
    return textsByKey;
  }

  /** The shards whose end was reached. */
  Set<String> endedShards() {
    return endedShards;
  }

  @Override
  public ShardRecordProcessor shardRecordProcessor() {
    return new Processor();
  }

  private void take(KinesisClientRecord item) {
    textsByKey.computeIfAbsent(item.partitionKey(), key -> new CopyOnWriteArrayList<>())
        .add(UTF_8.decode(item.data()).toString());
  }

  private static void checkpoint(RecordProcessorCheckpointer checkpointer) {
    try {
      checkpointer.checkpoint();
    } catch (ShutdownException lostLease) {
      // Whoever has the lease now begins at the checkpoint before.
    } catch (InvalidStateException cause) {
      throw new IllegalStateException(cause);
    }
  }

  private final class Processor implements ShardRecordProcessor {
    private String shardId;

    @Override
    public void initialize(InitializationInput input) {
      shardId = input.shardId();
    }

    @Override
    public void processRecords(ProcessRecordsInput input) {
      input.records().forEach(Application.this::take);
      checkpoint(input.checkpointer());
    }

    @Override
    public void shardEnded(ShardEndedInput input) {
      checkpoint(input.checkpointer());
      endedShards.add(shardId);
    }

    @Override
    public void shutdownRequested(ShutdownRequestedInput input) {}

    @Override
    public void leaseLost(LeaseLostInput input) {
      lostLeases = true;
    }
  }
}
