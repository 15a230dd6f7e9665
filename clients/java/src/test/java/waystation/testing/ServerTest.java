package waystation.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.testkit.engine.EngineTestKit;

class ServerTest {
  @Test
  void aServerTakesOptionsAndEndsWhenItIsClosed() {
    var server = WaystationServer.start("--account", "222222222222");
    try (server) {
      assertTrue(Sqs.of(server).createQueue(r -> r.queueName("jobs")).queueUrl().endsWith("/222222222222/jobs"));
      assertEquals(server.endpoint().toString(), server.environment().get("AWS_ENDPOINT_URL"));
    }
    var gone = assertThrows(WaystationException.class, server::health);
    assertEquals("No Waystation answers at " + server.endpoint() + ".", gone.getMessage());
  }

  @Test
  void aCommandThatFailsOrIsMissingIsNamed() {
    var missing = assertThrows(WaystationException.class, () -> WaystationServer.start(List.of("/nowhere/it"), List.of()));
    assertTrue(missing.getMessage().startsWith("/nowhere/it cannot be started"), missing.getMessage());
    var failing = assertThrows(WaystationException.class, () -> WaystationServer.start(List.of("true"), List.of()));
    assertEquals("true did not become ready; it says why on standard error.", failing.getMessage());
  }

  @Test
  void aCommandIsFoundWhereItIsSaidOnThePathInTheProjectOrByNpx(@TempDir Path folder) throws IOException {
    assertEquals(List.of("node", "a b", "c"), Command.find("node 'a b' \"c\"", "", folder));
    var none = assertThrows(WaystationException.class, () -> Command.find(null, folder.toString(), folder));
    assertEquals(Command.NONE_FOUND, none.getMessage());
    var npx = executable(folder.resolve("bin/npx"));
    assertEquals(List.of(npx, "--no-install", "waystation"), Command.find(null, folder.resolve("bin").toString(), folder));
    var installed = executable(folder.resolve("node_modules/.bin/waystation"));
    var inside = Files.createDirectories(folder.resolve("module"));
    assertEquals(List.of(installed), Command.find(null, folder.resolve("bin").toString(), inside));
    var onPath = executable(folder.resolve("bin/waystation"));
    assertEquals(List.of(onPath), Command.find(null, folder.resolve("bin").toString(), inside));
  }

  @Test
  void aProxyIsForOthers() {
    var endpoint = URI.create("http://127.0.0.1:4566");
    var named = Map.of("HTTP_PROXY", "http://proxy.example", "no_proxy", "intranet");
    assertEquals("intranet,127.0.0.1", Proxies.past(named, endpoint).get("NO_PROXY"));
    assertTrue(Proxies.advice(named, endpoint).get(0).endsWith("NO_PROXY=intranet,127.0.0.1"));
    assertEquals(Map.of(), Proxies.past(Map.of("HTTPS_PROXY", "http://proxy.example"), endpoint));
    assertEquals(Map.of(), Proxies.past(Map.of("HTTP_PROXY", "http://proxy.example", "NO_PROXY", "127.0.0.1"), endpoint));
  }

  @Test
  void anAddressWithTlsOfAServerWithoutIsSaidToBeOne() {
    var gone = assertThrows(WaystationException.class, () -> WaystationClient.connect(URI.create("https://127.0.0.1:1")).health());
    assertTrue(gone.getMessage().endsWith("Without --tls it is http:// that a server has."), gone.getMessage());
  }

  private static String executable(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    Files.createFile(file).toFile().setExecutable(true);
    return file.toString();
  }

  @Test
  void aTestThatFailsSaysWhereItsMessagesAre() {
    var events = EngineTestKit.engine("junit-jupiter").selectors(selectClass(Failing.class)).execute().testEvents();
    var failure = events.failed().stream().findFirst().orElseThrow();
    var cause = failure.getRequiredPayload(org.junit.platform.engine.TestExecutionResult.class).getThrowable().orElseThrow();
    var hint = cause.getSuppressed()[0].getMessage();
    assertTrue(hint.contains("jobs: 1 visible, 0 in flight, 0 delayed"), hint);
    assertTrue(hint.contains("Visible in jobs since"), hint);
    assertTrue(hint.contains("GetQueueUrl was answered with QueueDoesNotExist"), hint);
  }

  @ExtendWith(WaystationExtension.class)
  static class Failing {
    @Test
    void itFails(WaystationClient waystation) {
      var sqs = Sqs.of(waystation);
      var url = sqs.createQueue(r -> r.queueName("jobs")).queueUrl();
      sqs.sendMessage(r -> r.queueUrl(url).messageBody("hello"));
      sqs.getQueueUrl(r -> r.queueName("job"));
    }
  }
}
