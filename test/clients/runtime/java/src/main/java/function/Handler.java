package function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.util.Map;

/** A function in Java, as its author writes it. */
public final class Handler implements RequestHandler<Map<String, Object>, Map<String, Object>> {
  @Override
  public Map<String, Object> handleRequest(Map<String, Object> event, Context context) {
    if (event.get("fail") == Boolean.TRUE) throw new IllegalStateException("far");
    return Map.of(
        "requestId", context.getAwsRequestId(),
        "arn", context.getInvokedFunctionArn(),
        "name", context.getFunctionName());
  }
}
