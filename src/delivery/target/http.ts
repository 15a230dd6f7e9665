import type { Delivery } from "../../engine/topic/delivery.ts";
import { type EffectiveDeliveryPolicy, effectivePolicy } from "../../engine/topic/delivery-policy.ts";
import type { Subscription } from "../../engine/topic/subscription.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Ids } from "../../kernel/ids.ts";
import { CONSOLE_PREFIX } from "../../kernel/own-traffic.ts";
import type { Envelopes } from "../sns/envelope/envelopes.ts";
import { type AttemptResult, delivered, failed, reasonOf, refused } from "../transport/attempt.ts";
import { Pace } from "../transport/pace.ts";
import type { DeferredText, PendingDelivery } from "../transport/pending-delivery.ts";
import type { Answer, Poster, Posting } from "../transport/poster.ts";
import type { Transport } from "../transport/receiver-queues.ts";
import { httpRetries } from "../transport/retry.ts";
import { authorizationFor } from "./authorization.ts";
import { headersOf } from "./http-headers.ts";

/** AWS: about 15 seconds. */
const TIMEOUT_MS = 15_000;
const CONCURRENCY = 32;
const NONCE_BYTES = 16;

interface HttpDeps {
  readonly clockOf: (account: string) => Clock;
  readonly ids: Ids;
  readonly envelopes: Envelopes;
  readonly poster: Poster;
}

/** Subscriptions of HTTP and HTTPS endpoints: a message is posted, and the endpoint answers with a 2xx if it took it. */
export class HttpTransport implements Transport {
  readonly concurrency = CONCURRENCY;
  readonly #deps: HttpDeps;
  /** A second must not be over because a receiver queue is empty, so paces outlive receiver queues. */
  readonly #paces = new WeakMap<Subscription, Pace>();

  constructor(deps: HttpDeps) {
    this.#deps = deps;
  }

  queueKey({ subscription }: Delivery): string {
    return subscription.arn;
  }

  /** It knows topic and subscription only, whatever message was the first. */
  paceOf({ topic, subscription }: Delivery): Pace {
    let pace = this.#paces.get(subscription);
    if (pace === undefined) {
      pace = new Pace(
        () => policyOf({ topic, subscription }).throttlePolicy?.maxReceivesPerSecond ?? Number.POSITIVE_INFINITY,
      );
      this.#paces.set(subscription, pace);
    }
    return pace;
  }

  textOf(delivery: Delivery): DeferredText {
    const { envelopes } = this.#deps;
    if (delivery.type !== "Notification") return { text: envelopes.confirmation(delivery) };
    const { notification, subscription } = delivery;
    if (!subscription.settings.isRaw) return envelopes.notification(delivery);
    return { text: notification.messageFor(subscription.protocol) };
  }

  async attempt({ delivery, text }: PendingDelivery, signal: AbortSignal): Promise<AttemptResult> {
    const { endpoint } = delivery.subscription;
    if (!URL.canParse(endpoint)) return refused("The endpoint is not a URL");
    if (new URL(endpoint).pathname.startsWith(CONSOLE_PREFIX)) {
      return refused(`The endpoint is a control route: nothing is delivered below ${CONSOLE_PREFIX}`);
    }
    const { clockOf, poster } = this.#deps;
    const policy = policyOf(delivery);
    try {
      const url = new URL(endpoint);
      const { text: body } = text;
      const headers = headersOf(delivery, {
        host: url.host,
        body,
        contentType: policy.requestPolicy.headerContentType,
      });
      const clock = clockOf(delivery.topic.scope.account);
      const answer = await this.#post(poster, { url, headers, body, timeoutMs: TIMEOUT_MS, clock, signal });
      return verdictOn(answer.statusCode, policy);
    } catch (cause) {
      return failed(reasonOf(cause), httpRetries(policy.healthyRetryPolicy));
    }
  }

  /** Posts, and once more with the credentials in the URL if the endpoint asks for them. */
  async #post(poster: Poster, posting: Posting): Promise<Answer> {
    const answer = await poster.post(posting);
    const { username, password, pathname, search } = posting.url;
    const challenge = answer.headers["www-authenticate"];
    if (answer.statusCode !== 401 || username === "" || challenge === undefined) return answer;
    const authorization = authorizationFor(challenge, {
      user: decodeURIComponent(username),
      password: decodeURIComponent(password),
      path: `${pathname}${search}`,
      clientNonce: this.#deps.ids.bytes(NONCE_BYTES).toString("hex"),
    });
    if (authorization === undefined) return answer;
    return poster.post({ ...posting, headers: { ...posting.headers, Authorization: authorization } });
  }
}

function policyOf({ topic, subscription }: Pick<Delivery, "topic" | "subscription">): EffectiveDeliveryPolicy {
  return effectivePolicy(topic.definition.settings.deliveryPolicy, subscription.settings.deliveryPolicy);
}

/** AWS: 5xx and 429 are worth a retry; any other status but 2xx, redirects included, is final. */
function verdictOn(statusCode: number, policy: EffectiveDeliveryPolicy): AttemptResult {
  if (statusCode >= 200 && statusCode < 300) return delivered(statusCode);
  const reason = `The endpoint answered with status ${statusCode}`;
  if (statusCode < 500 && statusCode !== 429) return refused(reason, statusCode);
  return failed(reason, httpRetries(policy.healthyRetryPolicy), statusCode);
}
