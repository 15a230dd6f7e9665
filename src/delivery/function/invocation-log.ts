import type { FunctionAnswer, FunctionCall, InvocationCause } from "../../engine/invocation.ts";
import { scopeOfArn } from "../../kernel/arn.ts";
import { type AccountRingLimits, AccountRings } from "../../kernel/collection/account-rings.ts";

/** An invocation that is over. */
export interface LoggedInvocation {
  /** Places it among all that are logged. */
  readonly order: number;
  /** As the caller qualified it. */
  readonly functionArn: string;
  readonly requestId: string;
  readonly cause: InvocationCause;
  /** When it began and ended, by the account's clock. */
  readonly startedAt: number;
  readonly endedAt: number;
  /** How long it took in real time. */
  readonly durationMs: number;
  readonly eventBytes: number;
  /** The beginning of it. */
  readonly event: string;
  readonly outcome: Ended["type"];
  readonly executedVersion: string | undefined;
  /** The beginning of what the function answered. */
  readonly response: string | undefined;
  /** Why it was throttled, or nobody was there. */
  readonly reason: string | undefined;
  /** The last of what it wrote. */
  readonly log: string;
}

/** Which invocations are wanted. */
interface InvocationQuery {
  readonly account?: string | undefined;
  /** ARN of a function without a qualifier, or its name. */
  readonly function?: string | undefined;
  /** Id of a message, or sequence number of a record, that was in the event. */
  readonly message?: string | undefined;
}

interface InvocationPageQuery extends InvocationQuery {
  readonly limit: number;
  /** Whether the newest come first; the oldest do unless it says so. */
  readonly newest?: boolean | undefined;
  /** The last one that is known. */
  readonly after?: number | undefined;
}

/** What came of an invocation that somebody waited for to the end. */
type Ended = Exclude<FunctionAnswer, { readonly type: "stopped" }>;

/** When an invocation began and ended. */
type Times = Pick<LoggedInvocation, "startedAt" | "endedAt" | "durationMs">;

/** So much is shown of an event and of an answer. */
const LONGEST_SHOWN = 4 * 1024;
const MEBI = 1024 * 1024;
const LIMITS: AccountRingLimits = {
  each: { items: 1000, characters: 8 * MEBI },
  all: { items: 10_000, characters: 64 * MEBI },
};
const CLIENT: InvocationCause = { kind: "client" };

/** The latest invocations of each account, whoever made them. */
export class InvocationLog {
  readonly #kept: AccountRings<LoggedInvocation>;
  #order = 0;

  constructor(limits: AccountRingLimits = LIMITS) {
    this.#kept = AccountRings.of(limits, charactersOf);
  }

  add({ functionArn, requestId, payload, cause = CLIENT }: FunctionCall, answer: Ended, times: Times): void {
    const ran = answer.type === "answered" || answer.type === "failed";
    this.#kept.push(scopeOfArn(functionArn).account, {
      order: this.#order++,
      functionArn,
      requestId,
      cause: cause.messageIds === undefined ? { ...cause, ...ofTopic(payload) } : cause,
      ...times,
      eventBytes: Buffer.byteLength(payload),
      event: beginningOf(payload),
      outcome: answer.type,
      executedVersion: ran ? answer.executedVersion : undefined,
      response: ran ? beginningOf(answer.payload) : undefined,
      reason: "reason" in answer ? answer.reason : undefined,
      log: ran ? answer.log : "",
    });
  }

  /** The first that are wanted behind a place, and the place of the last if there are more. Looks at all that is logged. */
  page({ limit, after, newest = false, ...query }: InvocationPageQuery): {
    readonly invocations: readonly LoggedInvocation[];
    readonly next?: number;
  } {
    const all = this.#found(query);
    const inOrder = newest ? all.toReversed() : all;
    const found = inOrder.filter(({ order }) => after === undefined || (newest ? order < after : order > after));
    const invocations = found.slice(0, limit);
    const last = invocations.at(-1);
    return last === undefined || found.length <= limit ? { invocations } : { invocations, next: last.order };
  }

  /** Those whose event had the message or record in it, oldest first. */
  of(messageId: string, account?: string): readonly LoggedInvocation[] {
    return this.#found({ account, message: messageId });
  }

  /** Forgets everything, or everything of one account. */
  reset(account?: string): void {
    this.#kept.reset(account);
  }

  #found({ account, function: wanted, message }: InvocationQuery): readonly LoggedInvocation[] {
    return [...this.#kept.entries(account)]
      .flatMap(([, invocations]) => [...invocations])
      .filter(({ functionArn }) => wanted === undefined || isOf(functionArn, wanted))
      .filter(({ cause: { messageIds } }) => message === undefined || messageIds?.includes(message) === true)
      .sort((one, other) => one.order - other.order);
  }
}

function isOf(functionArn: string, wanted: string): boolean {
  const [name] = functionArn.split(":").slice(6);
  return name === wanted || functionArn === wanted || functionArn.startsWith(`${wanted}:`);
}

/** Of which message of a topic the event is made, if it is SNS's. */
function ofTopic(payload: string): Pick<InvocationCause, "source" | "messageIds"> {
  if (!payload.startsWith('{"Records":[{"EventSource":"aws:sns"')) return {};
  const [, messageId, source] = /"MessageId":"([^"]+)","TopicArn":"([^"]+)"/.exec(payload.slice(0, 2000)) ?? [];
  return messageId === undefined ? {} : { source, messageIds: [messageId] };
}

/** A copy, so that the rest of a long text need not be kept with it. */
function beginningOf(text: string): string {
  return text.length <= LONGEST_SHOWN ? text : Buffer.from(text.slice(0, LONGEST_SHOWN)).toString("utf8");
}

/** What the id of a message or the sequence number of a record takes. */
const ID_CHARACTERS = 56;

function charactersOf({ event, response = "", log, cause: { messageIds = [] } }: LoggedInvocation): number {
  return event.length + response.length + log.length + messageIds.length * ID_CHARACTERS;
}
