package waystation;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/** Notes in which formats the server answered. */
final class Formats implements ExecutionInterceptor {
  static final String CBOR = "application/x-amz-cbor-1.1";

  private final Set<String> seen = ConcurrentHashMap.newKeySet();

  Set<String> seen() {
    return seen;
  }

  @Override
  public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes attributes) {
    context.httpResponse().firstMatchingHeader("Content-Type").ifPresent(seen::add);
  }
}
