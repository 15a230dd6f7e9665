package waystation.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sqs.SqsClient;

@ExtendWith(WaystationExtension.class)
class WaystationExtensionTest {
  private WaystationClient waystation;
  private SqsClient sqs;
  private String jobs;

  @BeforeEach
  void createQueue(WaystationClient waystation) {
    this.waystation = waystation;
    sqs = Sqs.of(waystation);
    assertTrue(waystation.queues().isEmpty(), "nobody used the account before");
    jobs = sqs.createQueue(r -> r.queueName("jobs")).queueUrl();
  }

  private String send(String body) {
    return sqs.sendMessage(r -> r.queueUrl(jobs).messageBody(body)).messageId();
  }

  @Test
  void aMessageIsThereAsItIsExpected(WaystationClient same) {
    assertEquals(waystation.accountId(), same.accountId());
    send("{\"id\":7,\"state\":\"Paid\"}");
    var queue = waystation.queue("jobs");
    for (var expected :
        List.of(
            Expected.json(Map.of("id", 7)),
            Expected.contains("Paid"),
            Expected.pattern(Pattern.compile("paid", Pattern.CASE_INSENSITIVE)),
            Expected.match(Map.of("path", "id", "equals", 7)))) {
      assertEquals("{\"id\":7,\"state\":\"Paid\"}", queue.waitForMessage(expected).path("body").asText());
      var within = Patience.within(Duration.ofHours(1));
      assertEquals(409, assertThrows(WaystationException.class, () -> queue.expectNoMessage(expected, within)).status());
    }
    queue.expectNoMessage(Expected.body("other"), Patience.within(Duration.ofHours(1)));
  }

  @Test
  void timeStandsStillAndMovesForward() {
    var clock = waystation.clock();
    clock.freeze();
    assertTrue(clock.isFrozen());
    var start = clock.now();
    send("hello");
    sqs.receiveMessage(r -> r.queueUrl(jobs));
    assertEquals(1, waystation.queue("jobs").describe().path("inFlight").asInt());
    assertEquals("visibility-ends", clock.due().get(0).path("kind").asText());
    clock.advanceToNext();
    assertEquals(start.plusSeconds(30), clock.now());
    waystation.queue("jobs").waitUntil("visible", Patience.timeout(Duration.ZERO));
    clock.advance(Duration.ofMillis(1500));
    clock.set(Instant.parse("2050-01-01T00:00:00Z"));
    assertEquals(Instant.parse("2050-01-01T00:00:00Z"), clock.now());
    clock.resume();
    assertEquals(false, clock.isFrozen());
  }

  @Test
  void whatDoesNotHoldSaysWhatIsMissing() {
    var queue = waystation.queue("jobs");
    send("hello");
    var none = Patience.timeout(Duration.ZERO);
    var missing = assertThrows(WaystationException.class, () -> queue.waitUntil("visible", 2, none));
    assertTrue(missing.getMessage().contains("jobs holds 1 visible message"), missing.getMessage());
    assertEquals(2, missing.details().path("wanted").asInt());
    var unknown = assertThrows(WaystationException.class, () -> waystation.queue("job").describe());
    assertTrue(unknown.getMessage().contains("did you mean jobs?"), unknown.getMessage());
  }

  @Test
  void faultsHappenAndCallsAreTold() {
    waystation.faults().add(Map.of("operation", "SendMessage", "effect", "throttle", "times", 1));
    send("hello"); // the SDK tries again
    assertEquals(1, waystation.faults().list().get(0).path("fired").asInt());
    assertEquals(1, waystation.faults().removeAll().size());
    var calls = waystation.calls("SendMessage");
    assertEquals(List.of("RequestThrottled", "OK"), List.of(calls.get(0).path("outcome").asText(), calls.get(1).path("outcome").asText()));
  }

  @Test
  void worldsAreKeptBroughtBackAndCopied() {
    send("hello");
    var name = "prepared-" + waystation.accountId();
    waystation.snapshot(name);
    var copy = waystation.fork("999999999999");
    assertNotEquals(waystation.accountId(), copy.accountId());
    waystation.reset();
    assertTrue(waystation.queues().isEmpty());
    waystation.restore(name);
    waystation.deleteSnapshot(name);
    assertEquals(1, waystation.queue("jobs").contents().size());
    assertEquals(1, copy.queue("jobs").contents().size());
    copy.reset();
  }

  @Test
  void aMessageIsExplained() {
    var text = waystation.explain(send("hello")).path("text").asText();
    assertTrue(text.startsWith("Visible in jobs since"), text);
    waystation.settled(Patience.usual());
    assertEquals("Nobody reads jobs.", waystation.report().get(0).path("text").asText());
    assertTrue(waystation.outbox().isEmpty() && waystation.deliveries().isEmpty());
  }

  @Test
  void codeOfFunctionsStartsAtTheFolderOfAFile(@TempDir Path folder) throws Exception {
    var code = Files.createDirectory(folder.resolve("code"));
    Files.writeString(code.resolve("index.js"), "exports.handler = async () => {};");
    var function = "{ directory: ./code, handler: index.handler }";
    var document = "accounts:\n  '" + waystation.accountId() + "': { functions: { worker: " + function + " } }\n";
    var file = Files.writeString(folder.resolve("waystation.yaml"), document);
    var refusal = assertThrows(WaystationException.class, () -> waystation.apply(document));
    assertTrue(refusal.getMessage().contains("its directory ./code is relative"), refusal.getMessage());
    waystation.apply(file);
    assertEquals(code.toString(), waystation.functions().get(0).path("code").path("location").asText());
    assertEquals(1, waystation.apply(document, folder).path("unchanged").asInt());
    waystation.reset();
  }

  @Test
  void functionsAreLookedAt() throws Exception {
    waystation.clock().freeze();
    var account = waystation.accountId();
    var function = "{ url: 'http://localhost:9', eventSources: [jobs] }";
    var document = "accounts:\n  '" + account + "': { queues: [jobs], functions: { worker: " + function + " } }\n";
    assertEquals(2, waystation.apply(document).path("changes").size());
    var credential = "AWS4-HMAC-SHA256 Credential=" + account + "/20260101/us-east-1/lambda/aws4_request, SignedHeaders=host, Signature=0";
    var request =
        HttpRequest.newBuilder(waystation.endpoint().resolve("/2015-03-31/functions/worker/invocations"))
            .headers("Authorization", credential, "X-Amz-Invocation-Type", "Event")
            .POST(HttpRequest.BodyPublishers.ofString("{}"))
            .build();
    assertEquals(202, HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding()).statusCode());
    assertEquals(0, waystation.functionEvents("worker").get(0).path("failures").asInt());
    assertEquals("jobs", name(waystation.eventSourceMappings("worker").get(0).path("sourceArn")));
    assertEquals("worker", waystation.functions().get(0).path("name").asText());
    assertTrue(waystation.export().contains("url: http://localhost:9"), waystation.export());
    waystation.reset();
  }

  private static String name(JsonNode arn) {
    return arn.asText().substring(arn.asText().lastIndexOf(':') + 1);
  }

  @Test
  void whatThereIsIsListed() {
    send("hello");
    assertTrue(waystation.topics().isEmpty() && waystation.streams().isEmpty() && waystation.deadLetters().isEmpty());
    assertEquals("created", waystation.history("jobs").get(0).path("kind").asText());
    var document = waystation.document(null);
    var name = "from-" + waystation.accountId();
    waystation.snapshotOf(document, name);
    assertTrue(waystation.snapshots().findValuesAsText("name").contains(name));
    waystation.deleteSnapshot(name);
    waystation.reset();
    waystation.restoreDocument(document);
    assertEquals(1, waystation.queue("jobs").contents().size());
    assertTrue(waystation.accounts().path("accounts").findValuesAsText("account").contains(waystation.accountId()));
    waystation.optOut("+15551234567");
    waystation.recordHistory(true);
  }
}
