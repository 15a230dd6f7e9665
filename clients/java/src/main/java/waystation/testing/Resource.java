package waystation.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A queue, a topic or a stream as a test sees it, which need not be there yet. Nothing here receives a message. */
public final class Resource {
  private final Control control;
  private final String kind;
  private final String name;

  Resource(Control control, String kind, String name) {
    this.control = control;
    this.kind = kind;
    this.name = name;
  }

  /**
   * Waits until that is so: {@code empty}, {@code drained}, {@code visible}, {@code received}, {@code deleted} or {@code
   * dead-lettered} of a queue, {@code deliveries-settled} of a topic, {@code caught-up} of a stream.
   */
  public JsonNode waitUntil(String condition, Patience patience) {
    return waitUntil(condition, 1, patience);
  }

  /** The same for so many messages. */
  public JsonNode waitUntil(String condition, int count, Patience patience) {
    var counted = List.of("visible", "received", "deleted", "dead-lettered").contains(condition);
    return control.post("wait", patience.with(here("until", condition, "count", counted ? count : null)));
  }

  /** Waits for a message or record that was sent here, or will be, and gives it. */
  public JsonNode waitForMessage(Expected expected, Patience patience) {
    return waitForMessages(1, expected, patience).get(0);
  }

  public JsonNode waitForMessage(Expected expected) {
    return waitForMessage(expected, Patience.usual());
  }

  /** The same for so many. */
  public JsonNode waitForMessages(int count, Expected expected, Patience patience) {
    var wanted = here("until", "message", "count", count, "match", expected.match);
    return control.post("wait", patience.with(wanted)).path("messages");
  }

  /** Has that much time pass without such a message. */
  public void expectNoMessage(Expected expected, Patience patience) {
    control.post("expect-none", patience.with(here("match", expected.match)));
  }

  /** How the queue is set, what it holds and who feeds it. */
  public JsonNode describe() {
    if (!kind.equals("queue")) throw new IllegalStateException("Only queues are described.");
    return control.get("queues", here()).path("queues").get(0);
  }

  /** What is in it, in order: the messages of a queue, the records of a stream, the subscriptions of a topic. */
  public List<JsonNode> contents() {
    switch (kind) {
      case "queue":
        return control.list("queues/messages", "messages", here());
      case "stream":
        return control.list("streams/records", "records", here());
      default:
        return control.list("subscriptions", "subscriptions", here());
    }
  }

  /** Which subscriptions of the topic would get a message, and why the others would not. Publishes nothing. */
  public List<JsonNode> match(String message, Map<String, ?> attributes) {
    var subscriptions = new ArrayList<JsonNode>();
    var asked = here("message", message, "attributes", attributes, "limit", 1000);
    control.post("topics/match", asked).path("subscriptions").forEach(subscriptions::add);
    return subscriptions;
  }

  /** The registered consumers of the stream, and how far they are behind. */
  public List<JsonNode> consumers() {
    return control.list("consumers", "consumers", here());
  }

  /** The queues of the stream: what they hold, and how far they have come in each shard. */
  public List<JsonNode> streamQueues() {
    return control.list("stream-queues", "queues", here());
  }

  private Map<String, Object> here(Object... namesAndValues) {
    var inputs = control.scoped(namesAndValues);
    inputs.put(kind, name);
    return inputs;
  }
}
