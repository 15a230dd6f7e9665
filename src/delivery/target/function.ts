import { parseJsonObject } from "../../kernel/json/json-object.ts";
import type { Clock } from "../../kernel/time/clock.ts";
import { type AttemptResult, delivered, failed, reasonOf } from "../transport/attempt.ts";
import { failureBy, type Mishap } from "../transport/disturbance.ts";
import type { DeferredText, Job } from "../transport/job.ts";
import type { Answer, Poster } from "../transport/poster.ts";
import type { QueuedTarget } from "../transport/receiver-queues.ts";
import { invocationRetries } from "../transport/retry.ts";

/** Longest a function may run. Lambda quotas. */
const TIMEOUT_MS = 15 * 60_000;
/** AWS's Runtime Interface Emulator turns an invocation away while another one runs. */
const CONCURRENCY = 1;

export interface FunctionPayload {
  readonly functionArn: string;
  /** What the function is invoked with. */
  readonly event: DeferredText;
  readonly traceHeader: string | undefined;
  /** On whose behalf it is invoked. */
  readonly source: FunctionSource;
}

/** A service of AWS, `sns.amazonaws.com`, the ARN of what it acts for, and the id of the message in the event. */
interface FunctionSource {
  readonly principal: string;
  readonly arn: string;
  readonly messageId: string;
}

/** Hands the event of a job over to Lambda, whose own retries follow, and says what came of that. */
export type HandOver = (job: Job<FunctionPayload>) => AttemptResult | Promise<AttemptResult>;

interface FunctionDeps {
  readonly clockOf: (account: string) => Clock;
  readonly poster: Poster;
  /** Where to post the events of a function, by its ARN. */
  readonly functionUrls: ReadonlyMap<string, string>;
  /** Takes the events of functions without a URL. */
  readonly handOver: HandOver;
}

/**
 * Functions, by way of Lambda: an event is delivered when that has taken it. Or those that run somewhere under a URL, behind
 * AWS's Runtime Interface Emulator or any server that takes the event: its own retries follow when the function fails; as long
 * as nobody answers at all, the event was not handed over and the source's retries apply.
 * GAP: what is given up under a URL goes to the source's dead-letter queue; the function has none of its own there.
 */
export class FunctionTarget implements QueuedTarget<FunctionPayload> {
  readonly concurrency = CONCURRENCY;
  readonly #deps: FunctionDeps;

  constructor(deps: FunctionDeps) {
    this.#deps = deps;
  }

  queueKey({ account, payload }: Job<FunctionPayload>): string {
    return `${account} ${payload.functionArn}`;
  }

  async attempt(job: Job<FunctionPayload>, signal: AbortSignal, mishap?: Mishap): Promise<AttemptResult> {
    const { clockOf, poster, functionUrls, handOver } = this.#deps;
    const { functionArn, event } = job.payload;
    const address = functionUrls.get(functionArn);
    if (address === undefined) return mishap === undefined ? handOver(job) : failureBy(mishap, job.retryPolicy);
    try {
      const url = new URL(address);
      const { text: body } = event;
      const headers = headersOf(job.payload, url, body);
      const clock = clockOf(job.account);
      return verdictOn(await poster.post({ url, headers, body, timeoutMs: TIMEOUT_MS, clock, signal, mishap }));
    } catch (cause) {
      return failed(reasonOf(cause), isUnreachable(cause) ? job.retryPolicy : invocationRetries);
    }
  }
}

function headersOf({ traceHeader }: FunctionPayload, { host }: URL, body: string): Record<string, string> {
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
