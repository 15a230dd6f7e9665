package waystation;

import software.amazon.awssdk.services.cloudwatch.CloudWatchAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.kinesis.common.ConfigsBuilder;
import software.amazon.kinesis.common.InitialPositionInStream;
import software.amazon.kinesis.common.InitialPositionInStreamExtended;
import software.amazon.kinesis.common.KinesisClientUtil;
import software.amazon.kinesis.coordinator.Scheduler;
import software.amazon.kinesis.metrics.NullMetricsFactory;
import software.amazon.kinesis.retrieval.RetrievalSpecificConfig;
import software.amazon.kinesis.retrieval.fanout.FanOutConfig;
import software.amazon.kinesis.retrieval.polling.PollingConfig;

/** A worker of the KCL that reads a stream from its oldest record on, or from where workers before it stopped. */
final class Worker implements AutoCloseable {
  enum Retrieval {
    POLLING,
    FAN_OUT
  }

  /** Which records to fetch, and how. */
  record Task(Account account, String stream, Retrieval retrieval) {}

  private static final InitialPositionInStreamExtended OLDEST =
      InitialPositionInStreamExtended.newInitialPosition(InitialPositionInStream.TRIM_HORIZON);

  private final Scheduler scheduler;
  private final Thread thread;

  Worker(String name, Task task, Application application, LeaseTables leases) {
    var kinesis = task.account.connect(KinesisClientUtil.adjustKinesisClientBuilder(KinesisAsyncClient.builder()));
    var dynamo = task.account.connect(DynamoDbAsyncClient.builder(), leases.endpoint);
    var cloudWatch = task.account.connect(CloudWatchAsyncClient.builder());
    var configs =
        new ConfigsBuilder(task.stream, applicationOf(task), kinesis, dynamo, cloudWatch, name, application);
    scheduler =
        new Scheduler(
            configs.checkpointConfig(),
            configs.coordinatorConfig().parentShardPollIntervalMillis(100).shardConsumerDispatchPollIntervalMillis(50),
            // How long a lease lasts is also how long a new one may go unnoticed.
            configs.leaseManagementConfig()
                .failoverTimeMillis(4_000)
                .shardSyncIntervalMillis(1_000)
                .initialPositionInStream(OLDEST),
            configs.lifecycleConfig(),
            configs.metricsConfig().metricsFactory(new NullMetricsFactory()),
            configs.processorConfig(),
            configs.retrievalConfig()
                .initialPositionInStreamExtended(OLDEST)
                .retrievalSpecificConfig(retrievalOf(task, kinesis)));
    thread = new Thread(scheduler, name);
    thread.setDaemon(true);
    thread.start();
  }

  private static String applicationOf(Task task) {
    return "application-" + task.account.id();
  }

  private static RetrievalSpecificConfig retrievalOf(Task task, KinesisAsyncClient kinesis) {
    return switch (task.retrieval) {
      case POLLING -> new PollingConfig(task.stream, kinesis).idleTimeBetweenReadsInMillis(200);
      case FAN_OUT -> new FanOutConfig(kinesis).streamName(task.stream).applicationName(applicationOf(task));
    };
  }

  /** Stops for good. */
  @Override
  public void close() throws InterruptedException {
    scheduler.shutdown();
    thread.join();
  }
}
