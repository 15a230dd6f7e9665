package waystation.testing;

import java.net.URI;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One server for all tests of a process, and an account of its own for each test, which takes it as a parameter:
 * {@code @ExtendWith(WaystationExtension.class)} and {@code void test(WaystationClient waystation)}.
 */
public final class WaystationExtension implements BeforeEachCallback, AfterEachCallback, ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(WaystationExtension.class);

  @Override
  public void beforeEach(ExtensionContext context) {
    accountOf(context);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    var account = context.getStore(NAMESPACE).remove(WaystationClient.class, WaystationClient.class);
    if (account == null) return;
    context.getExecutionException().ifPresent(failure -> failure.addSuppressed(new Hint(account)));
    account.reset();
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == WaystationClient.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return accountOf(context);
  }

  /** The account of a test, or of a class while its constructor or what comes before all tests asks for one. */
  private static WaystationClient accountOf(ExtensionContext context) {
    var shared = context.getRoot().getStore(NAMESPACE).getOrComputeIfAbsent(Shared.class);
    return context
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(WaystationClient.class, key -> shared.fresh(), WaystationClient.class);
  }

  /** The server, closed with the last test of the process. */
  static final class Shared implements Store.CloseableResource {
    private final WaystationServer started;
    private final WaystationClient server;
    private final AtomicInteger count = new AtomicInteger();
    // Other processes may use a server that was there before.
    private final int others;

    Shared() {
      var url = Command.said("waystation.url", "WAYSTATION_URL", "WAYSTATION_ENDPOINT");
      var options = Command.said("waystation.options");
      started = url == null ? WaystationServer.start(options(options)) : null;
      server = url == null ? started : WaystationClient.connect(URI.create(url));
      others = url == null ? 0 : ThreadLocalRandom.current().nextInt(1, 10_000_000);
      server.health();
    }

    private static String[] options(String text) {
      return text == null ? new String[0] : Command.words(text).toArray(String[]::new);
    }

    WaystationClient fresh() {
      var account = server.account(String.format("%07d%05d", others, count.incrementAndGet()));
      if (started == null) account.reset();
      return account;
    }

    @Override
    public void close() {
      if (started != null) started.close();
    }
  }
}
