package waystation.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a test does with a server beside AWS's API, of one account or of all. What is refused throws WaystationException. */
public class WaystationClient {
  static final String REGION = "us-east-1";
  private static final String SECRET = "test";

  private final Control control;

  WaystationClient(Control control) {
    this.control = control;
  }

  /** A server that runs already, of all accounts. Nothing is sent before it is asked for something. */
  public static WaystationClient connect(URI endpoint) {
    return new WaystationClient(new Control(endpoint, null));
  }

  /** The same of one account alone. */
  public final WaystationClient account(String id) {
    return new WaystationClient(new Control(control.endpoint, id));
  }

  public final URI endpoint() {
    return control.endpoint;
  }

  /** The account, which is the access key id of its clients; null when it is about all. */
  public final String accountId() {
    return control.account;
  }

  public final String region() {
    return REGION;
  }

  public final String accessKeyId() {
    return control.account == null ? "test" : control.account;
  }

  public final String secretAccessKey() {
    return SECRET;
  }

  /** A client of AWS that is this account: the factory says how one is made with the SDK at hand. */
  public final <C> C client(AwsClientFactory<C> factory) {
    return factory.make(endpoint(), region(), accessKeyId(), secretAccessKey());
  }

  /** Variables by which clients of AWS in another process come here, past a proxy that the environment of this one names. */
  public final Map<String, String> environment() {
    var variables = new HashMap<>(Proxies.past(System.getenv(), endpoint()));
    variables.put("AWS_ENDPOINT_URL", endpoint().toString());
    variables.put("AWS_ACCESS_KEY_ID", accessKeyId());
    variables.put("AWS_SECRET_ACCESS_KEY", SECRET);
    variables.put("AWS_DEFAULT_REGION", REGION);
    variables.put("AWS_REGION", REGION);
    return variables;
  }

  public final Clock clock() {
    return new Clock(control);
  }

  public final Faults faults() {
    return new Faults(control);
  }

  /** A queue by name, URL or ARN. */
  public final Resource queue(String queue) {
    return new Resource(control, "queue", queue);
  }

  /** A topic by name or ARN. */
  public final Resource topic(String topic) {
    return new Resource(control, "topic", topic);
  }

  /** A Kinesis stream by name or ARN. */
  public final Resource stream(String stream) {
    return new Resource(control, "stream", stream);
  }

  /** The version of the server and the services that run. */
  public final JsonNode health() {
    return control.get("health", Control.inputs());
  }

  /** Forgets everything, or everything of the account, and puts its clock back on the machine's time. */
  public final void reset() {
    control.post("reset", control.scoped());
  }

  /** Waits until nothing is under way between services, and nothing is due now. */
  public final void settled(Patience patience) {
    control.post("wait", patience.with(control.scoped("until", "settled")));
  }

  /** Which accounts have something, and which account and region are meant where none is named. */
  public final JsonNode accounts() {
    return control.get("accounts", Control.inputs());
  }

  /** Has queues, topics, streams and functions be as a document declares them, and tells what that changed. */
  public final JsonNode apply(String document) {
    return control.postText("apply", document, Control.inputs());
  }

  /** The same of the document in a file, at whose folder relative directories of functions start. */
  public final JsonNode apply(Path file) throws IOException {
    return apply(Files.readString(file), file.toAbsolutePath().getParent());
  }

  /** The same of a document whose relative directories of functions start at that one. */
  public final JsonNode apply(String document, Path directory) {
    return control.postText("apply", document, Control.inputs("directory", directory.toAbsolutePath()));
  }

  /** The document that declares what there is, without messages. */
  public final String export() {
    return control.get("export", control.scoped()).asText();
  }

  public final List<JsonNode> queues() {
    return control.list("queues", "queues", control.scoped());
  }

  public final List<JsonNode> topics() {
    return control.list("topics", "topics", control.scoped());
  }

  public final List<JsonNode> streams() {
    return control.list("streams", "streams", control.scoped());
  }

  /** Dead-letter queues, with what sends to them and their first messages. */
  public final List<JsonNode> deadLetters() {
    return control.list("dead-letters", "deadLetterQueues", control.scoped());
  }

  /** Lambda functions, with their settings, versions and event sources. */
  public final List<JsonNode> functions() {
    return control.list("functions", "functions", control.scoped());
  }

  /** How a function was invoked, by name or ARN, and what came of it, oldest first; all of them if it is null. */
  public final List<JsonNode> invocations(String function) {
    return control.list("invocations", "invocations", control.scoped("function", function));
  }

  /** What a Lambda function reads, by name or ARN, and what came of it; what all of them read if it is null. */
  public final List<JsonNode> eventSourceMappings(String function) {
    return control.list("event-source-mappings", "mappings", control.scoped("function", function));
  }

  /** Events that wait for a Lambda function, by name or ARN, or are being attempted; of all functions if it is null. */
  public final List<JsonNode> functionEvents(String function) {
    return control.list("function-events", "events", control.scoped("function", function));
  }

  /** Mails, text messages and pushes that would have left the machine, oldest first. */
  public final List<JsonNode> outbox() {
    return control.list("outbox", "messages", control.scoped());
  }

  /** What became of SNS messages, attempt by attempt, oldest first. */
  public final List<JsonNode> deliveries() {
    return control.list("deliveries", "deliveries", control.scoped());
  }

  /** The calls of an operation of AWS's APIs with what became of them, oldest first; of all if it is null. */
  public final List<JsonNode> calls(String operation) {
    return control.list("calls", "calls", control.scoped("operation", operation));
  }

  /** What happened to a resource, step by step, oldest first; to everything if it is null. */
  public final List<JsonNode> history(String resource) {
    return control.list("history", "steps", control.scoped("resource", resource));
  }

  /** Has what happens recorded from now on, or not any more. */
  public final void recordHistory(boolean recording) {
    control.post("history", Control.inputs("recording", recording));
  }

  /** Has a phone number opt out of text messages, as answering STOP does. */
  public final void optOut(String number) {
    control.post("opt-outs", control.scoped("number", number));
  }

  /** What is likely to be a mistake, with evidence and advice. */
  public final List<JsonNode> report() {
    return control.list("report", "findings", control.scoped());
  }

  /** Tells under {@code text} where a message, a publish or a record is and why, and how it came there. */
  public final JsonNode explain(String message) {
    return control.get("explain", control.scoped("message", message));
  }

  /** Keeps what there is by that name. */
  public final void snapshot(String name) {
    control.post("snapshots", control.scoped("name", name));
  }

  /** Brings back what a snapshot holds; what there is now is forgotten. */
  public final void restore(String name) {
    control.post("snapshots/restore", control.scoped("name", name));
  }

  /** The snapshots there are. */
  public final JsonNode snapshots() {
    return control.get("snapshots", Control.inputs()).path("snapshots");
  }

  /** A snapshot as text, or what there is now if it is null: a line for each entry, to be compared, edited and restored. */
  public final String document(String name) {
    return control.get("snapshots/document", control.scoped("name", name)).asText();
  }

  /** Keeps what a document holds by that name. */
  public final void snapshotOf(String document, String name) {
    control.post("snapshots/document", Control.inputs("name", name, "document", document));
  }

  /** Brings back what a document holds; what there is now is forgotten. */
  public final void restoreDocument(String document) {
    control.post("snapshots/restore", control.scoped("document", document));
  }

  /** Forgets a snapshot. */
  public final void deleteSnapshot(String name) {
    control.ask("DELETE", "snapshots", Control.inputs("name", name));
  }

  /** Copies everything of the account into one that has nothing yet, and gives that. */
  public final WaystationClient fork(String to) {
    control.post("fork", Control.inputs("from", control.account, "to", to));
    return account(to);
  }
}
