import type { Delivery } from "../../engine/topic/delivery.ts";
import type { Clock } from "../../kernel/clock.ts";
import { parseJsonObject } from "../../kernel/json-object.ts";
import { present } from "../../kernel/present.ts";
import type { Envelopes } from "../sns/envelope/envelopes.ts";
import { type AttemptResult, delivered, failed, reasonOf } from "../transport/attempt.ts";
import { Pace } from "../transport/pace.ts";
import type { DeferredText, PendingDelivery } from "../transport/pending-delivery.ts";
import type { Answer, Poster } from "../transport/poster.ts";
import type { Transport } from "../transport/receiver-queues.ts";
import { invocationRetries, managedEndpointRetries } from "../transport/retry.ts";

/** Longest a function may run. Lambda quotas. */
const TIMEOUT_MS = 15 * 60_000;
/** AWS's Runtime Interface Emulator turns an invocation away while another one runs. */
const CONCURRENCY = 1;

interface LambdaDeps {
  readonly clockOf: (account: string) => Clock;
  readonly envelopes: Envelopes;
  readonly poster: Poster;
  /** Where to post the events of a function, by its ARN. */
  readonly urls: ReadonlyMap<string, string>;
}

/**
 * Functions that run somewhere under a URL: behind AWS's Runtime Interface Emulator, or any server that takes the event.
 * SNS hands its event to Lambda, whose own retries follow when the function fails; as long as nobody answers at all,
 * the event was not handed over and SNS's retries apply.
 * GAP: what Lambda gives up on goes to the subscription's dead-letter queue; the function has none of its own here.
 */
export class LambdaTransport implements Transport {
  readonly concurrency = CONCURRENCY;
  readonly #deps: LambdaDeps;
  readonly #pace = new Pace(() => Number.POSITIVE_INFINITY);

  constructor(deps: LambdaDeps) {
    this.#deps = deps;
  }

  /** Whether there is a URL for the function. */
  knows(functionArn: string): boolean {
    return this.#deps.urls.has(functionArn);
  }

  queueKey({ topic, subscription }: Delivery): string {
    return `${topic.scope.account} ${subscription.endpoint}`;
  }

  paceOf(): Pace {
    return this.#pace;
  }

  /** Signed when it is read, which is not in the turn of the publish. */
  textOf(delivery: Delivery): DeferredText {
    const { envelopes } = this.#deps;
    if (delivery.type !== "Notification") return { text: envelopes.confirmation(delivery) };
    return {
      get text() {
        return envelopes.lambdaEvent(delivery);
      },
    };
  }

  async attempt({ delivery, text }: PendingDelivery, signal: AbortSignal): Promise<AttemptResult> {
    const { clockOf, poster, urls } = this.#deps;
    try {
      const url = new URL(present(urls.get(delivery.subscription.endpoint), "the URL of a function"));
      const { text: body } = text;
      const headers = headersOf(delivery, url, body);
      const clock = clockOf(delivery.topic.scope.account);
      return verdictOn(await poster.post({ url, headers, body, timeoutMs: TIMEOUT_MS, clock, signal }));
    } catch (cause) {
      return failed(reasonOf(cause), isUnreachable(cause) ? managedEndpointRetries : invocationRetries);
    }
  }
}

function headersOf(delivery: Delivery, { host }: URL, body: string): Record<string, string> {
  const traceHeader = delivery.type === "Notification" ? delivery.notification.content.traceHeader : undefined;
  return {
    Host: host,
    "Content-Type": "application/json",
    "Content-Length": String(Buffer.byteLength(body)),
    "X-Amz-Invocation-Type": "Event",
    ...(traceHeader !== undefined && { "X-Amzn-Trace-Id": traceHeader }),
  };
}

function verdictOn({ statusCode, headers, text }: Answer): AttemptResult {
  if (statusCode < 200 || statusCode >= 300) {
    return failed(`The function's URL answered with status ${statusCode}`, invocationRetries, statusCode);
  }
  const error = headers["x-amz-function-error"] === undefined ? errorIn(text) : text;
  if (error === undefined) return delivered(statusCode);
  return failed(`The function failed: ${error}`, invocationRetries, statusCode);
}

/**
 * What went wrong in the function. The Runtime Interface Emulator answers with 200 and no header in that case, only its
 * text tells. github.com/aws/aws-lambda-runtime-interface-emulator, issues 20 and 21
 */
function errorIn(text: string): string | undefined {
  if (/^Task timed out after [\d.]+ seconds$/.test(text)) return text;
  const { errorType, errorMessage } = parseJsonObject(text) ?? {};
  return typeof errorType === "string" && typeof errorMessage === "string" ? errorMessage : undefined;
}

/** Whether nobody was there to take the event, rather than lost while it was worked on. */
function isUnreachable(cause: unknown): boolean {
  const [first]: unknown[] = cause instanceof AggregateError ? cause.errors : [cause];
  const syscall = first instanceof Error && "syscall" in first ? first.syscall : undefined;
  return syscall === "connect" || syscall === "getaddrinfo";
}
