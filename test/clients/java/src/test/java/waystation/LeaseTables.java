package waystation;

import com.amazonaws.services.dynamodbv2.local.main.ServerRunner;
import com.amazonaws.services.dynamodbv2.local.server.DynamoDBProxyServer;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;

/** DynamoDB in memory, where the KCL keeps its leases. */
final class LeaseTables implements AutoCloseable {
  final URI endpoint;
  private final DynamoDBProxyServer server;

  LeaseTables() throws Exception {
    var port = String.valueOf(freePort());
    String[] options = {"-inMemory", "-disableTelemetry", "-port", port};
    server = ServerRunner.createServerFromCommandLineArgs(options);
    server.start();
    endpoint = URI.create("http://127.0.0.1:" + port);
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() throws Exception {
    server.stop();
  }
}
