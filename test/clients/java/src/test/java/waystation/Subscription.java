package waystation;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.kinesis.model.SubscribeToShardEvent;
import software.amazon.awssdk.services.kinesis.model.SubscribeToShardResponseHandler;

/** One call of SubscribeToShard, to the first shard from its latest record on. */
final class Subscription {
  private final BlockingQueue<SubscribeToShardEvent> events = new LinkedBlockingQueue<>();
  private final CompletableFuture<Void> opened = new CompletableFuture<>();
  private final CompletableFuture<Void> ended;

  Subscription(KinesisAsyncClient kinesis, String consumerArn) {
    var handler =
        SubscribeToShardResponseHandler.builder()
            .onResponse(response -> opened.complete(null))
            .subscriber(SubscribeToShardResponseHandler.Visitor.builder().onSubscribeToShardEvent(events::add).build())
            .build();
    ended =
        kinesis.subscribeToShard(
            r ->
                r.consumerARN(consumerArn)
                    .shardId("shardId-000000000000")
                    .startingPosition(position -> position.type(ShardIteratorType.LATEST)),
            handler);
    ended.whenComplete((nothing, cause) -> opened.completeExceptionally(cause));
  }

  /** Waits until the server has accepted it. */
  Subscription open() throws Exception {
    opened.get(Patience.LIMIT.toMillis(), MILLISECONDS);
    return this;
  }

  SubscribeToShardEvent next() throws Exception {
    var event = events.poll(Patience.LIMIT.toMillis(), MILLISECONDS);
    if (event == null) throw new AssertionError("waited in vain for an event");
    return event;
  }

  /** Waits for its end. Throws what ended it, if that was an error. */
  void end() throws Exception {
    ended.get(Patience.LIMIT.toMillis(), MILLISECONDS);
  }
}
