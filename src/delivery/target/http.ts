import type { Ids } from "../../kernel/ids.ts";
import { CONTROL_PREFIX } from "../../kernel/own-traffic.ts";
import type { Clock } from "../../kernel/time/clock.ts";
import { type AttemptResult, delivered, failed, reasonOf, refused } from "../transport/attempt.ts";
import type { Mishap } from "../transport/disturbance.ts";
import type { DeferredText, Job } from "../transport/job.ts";
import type { Answer, Poster, Posting } from "../transport/poster.ts";
import type { QueuedTarget } from "../transport/receiver-queues.ts";
import type { RetrySchedule } from "../transport/retry.ts";
import { authorizationFor } from "./authorization.ts";

/** AWS: about 15 seconds. */
const TIMEOUT_MS = 15_000;
const CONCURRENCY = 32;
const NONCE_BYTES = 16;

export interface HttpPayload {
  /** Where to, which need not be a URL. */
  readonly url: string;
  readonly body: DeferredText;
  /** The headers of the request that posts this body to this host. */
  headersFor(request: { readonly host: string; readonly body: string }): Readonly<Record<string, string>>;
}

interface HttpDeps {
  readonly clockOf: (account: string) => Clock;
  readonly ids: Ids;
  readonly poster: Poster;
}

/** HTTP and HTTPS endpoints: a message is posted, and the endpoint answers with a 2xx if it took it. */
export class HttpTarget implements QueuedTarget<HttpPayload> {
  readonly concurrency = CONCURRENCY;
  readonly #deps: HttpDeps;

  constructor(deps: HttpDeps) {
    this.#deps = deps;
  }

  queueKey({ key }: Job): string {
    return key;
  }

  async attempt(job: Job<HttpPayload>, signal: AbortSignal, mishap?: Mishap): Promise<AttemptResult> {
    const { payload, account, retryPolicy } = job;
    if (!URL.canParse(payload.url)) return refused("The endpoint is not a URL");
    const url = new URL(payload.url);
    if (url.pathname.startsWith(CONTROL_PREFIX)) {
      return refused(`The endpoint is a control route: nothing is delivered below ${CONTROL_PREFIX}`);
    }
    try {
      const { text: body } = payload.body;
      const headers = payload.headersFor({ host: url.host, body });
      const clock = this.#deps.clockOf(account);
      const answer = await this.#post({ url, headers, body, timeoutMs: TIMEOUT_MS, clock, signal, mishap });
      return verdictOn(answer.statusCode, retryPolicy);
    } catch (cause) {
      return failed(reasonOf(cause), retryPolicy);
    }
  }

  /** Posts, and once more with the credentials in the URL if the endpoint asks for them. */
  async #post(posting: Posting): Promise<Answer> {
    const { poster, ids } = this.#deps;
    const answer = await poster.post(posting);
    const { username, password, pathname, search } = posting.url;
    const challenge = answer.headers["www-authenticate"];
    if (answer.statusCode !== 401 || username === "" || challenge === undefined) return answer;
    const authorization = authorizationFor(challenge, {
      user: decodeURIComponent(username),
      password: decodeURIComponent(password),
      path: `${pathname}${search}`,
      clientNonce: ids.bytes(NONCE_BYTES).toString("hex"),
    });
    if (authorization === undefined) return answer;
    return poster.post({ ...posting, headers: { ...posting.headers, Authorization: authorization } });
  }
}

/** AWS: 5xx and 429 are worth a retry; any other status but 2xx, redirects included, is final. */
function verdictOn(statusCode: number, retries: RetrySchedule): AttemptResult {
  if (statusCode >= 200 && statusCode < 300) return delivered(statusCode);
  const reason = `The endpoint answered with status ${statusCode}`;
  return statusCode < 500 && statusCode !== 429 ? refused(reason, statusCode) : failed(reason, retries, statusCode);
}
