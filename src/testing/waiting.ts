import { formatIso8601 } from "../kernel/time/iso8601.ts";
import type { CallOptions, Client } from "./client.ts";
import type { AnswerAt, InputsAt } from "./control-table.ts";
import { type Expected, matchOf } from "./expected.ts";
import { WaystationError } from "./waystation-error.ts";

type WaitInputs = InputsAt<"POST", "wait">;

/** How a wait ended: what there was, and the messages that count. */
export type WaitOutcome = AnswerAt<"POST", "wait">;

/** A message that was waited for, as it was sent, published or put. */
export type WaitedMessage = WaitOutcome["messages"][number];

/**
 * How long to wait: a text such as `30s`, `5m`, `2d` or `PT1H`. Milliseconds and seconds are easily taken for each other, so it is no number.
 */
export type Duration = string;

/** For how long to wait. */
export interface WaitOptions extends CallOptions {
  /** In real time; `4s` unless given, `10m` at most. */
  readonly timeout?: Duration | undefined;
  /** By the clock of the account, which is moved by as much as it takes, and no more than this. */
  readonly within?: Duration | undefined;
}

/** Which messages are waited for. */
export interface MessageOptions extends WaitOptions {
  /** What happens to them; `sent` unless given, which to a topic means published, to a stream put. */
  readonly event?: WaitInputs["event"] | undefined;
  /** From when on: an instant, or one in ISO 8601. From the start of the recording unless given. */
  readonly since?: Instant | undefined;
}

/** An instant as tests have one: a Date, epoch milliseconds, or a text in ISO 8601. */
export type Instant = string | number | { toISOString(): string };

/** A queue, a topic or a stream by name, with the region where that is not clear. */
export type Target = Pick<WaitInputs, "queue" | "topic" | "stream" | "region">;

type Wanted = Partially<Omit<WaitInputs, "account" | "timeout" | "within">>;

type Partially<T> = { readonly [K in keyof T]: T[K] | undefined };

/** Messages that are waited for. */
export type WantedMessages = Target & { readonly count?: number | undefined; readonly expected?: Expected | undefined };

/** Resolves once that is so. Throws WaystationError, which says what is missing. */
export async function until(
  client: Client,
  wanted: Wanted,
  { signal, ...lengths }: WaitOptions = {},
): Promise<WaitOutcome> {
  return client.call("POST", "wait", { ...wanted, ...client.scope, ...durations(lengths) }, { signal });
}

/** Resolves once there were so many messages. */
export async function untilMessages(
  client: Client,
  wanted: WantedMessages,
  { event, since, ...options }: MessageOptions = {},
): Promise<readonly WaitedMessage[]> {
  const { expected, ...target } = wanted;
  const match = matchOf(expected);
  const { messages } = await until(client, { ...target, until: "message", match, event, since: isoOf(since) }, options);
  return messages;
}

/** Resolves once that much time has passed without such a message. Throws WaystationError as soon as there is one. */
export async function expectNone(
  client: Client,
  wanted: Omit<WantedMessages, "count">,
  { event, since, signal, ...lengths }: MessageOptions = {},
): Promise<void> {
  const { expected, ...target } = wanted;
  const inputs = { ...target, ...client.scope, match: matchOf(expected), event, since: isoOf(since) };
  await client.call("POST", "expect-none", { ...inputs, ...durations(lengths) }, { signal });
}

/** An instant as control routes take it. Throws RangeError when it is none. */
export function isoOf(instant: Instant | undefined): string | undefined {
  if (typeof instant === "number") return formatIso8601(instant);
  return typeof instant === "object" ? instant.toISOString() : instant;
}

/** Programs without types hand in anything. What is no length of time is left to the route, to be refused by its name. */
function durations<D extends WaitOptions>(lengths: D): D {
  for (const name of ["timeout", "within"] as const) {
    const given: unknown = lengths[name];
    if (given === undefined || typeof given === "string") continue;
    throw new WaystationError(
      400,
      `${name} is a text such as "30s", "5m", "2d" or "PT1H", not ${String(given)}.${adviceOn(given)}`,
    );
  }
  return lengths;
}

/** Most that take a number take milliseconds. */
function adviceOn(given: unknown): string {
  return typeof given === "number" && given >= 0 ? ` Did you mean "${given}ms"?` : "";
}
