import { QueueSources } from "../../../../src/delivery/mapping/queue/queue-sources.ts";
import { FunctionNotes } from "../../../../src/engine/function/function-notes.ts";
import type { FunctionAnswer, FunctionCall } from "../../../../src/engine/invocation.ts";
import type { QueueMapping } from "../../../../src/engine/mapping/mapping.ts";
import { CountersByMapping } from "../../../../src/engine/mapping/mapping-counters.ts";
import type { QueueSettings } from "../../../../src/engine/queue/settings.ts";
import { seededIds } from "../../../../src/kernel/ids.ts";
import { scopeOf } from "../../../../src/kernel/scope.ts";
import { nextTurn } from "../../../../src/kernel/time/system-clock.ts";
import { md5OfAttributes } from "../../../../src/service/sqs/message/message-content.ts";
import { formatReceiptHandle } from "../../../../src/service/sqs/message/receipt-handle.ts";
import { QUEUE_MAPPING } from "../../../support/mappings.ts";
import { ACCOUNT, aQueue, REGION } from "../../../support/queue.ts";

const SCOPE = scopeOf(ACCOUNT, REGION);
const RAN = { executedVersion: "$LATEST", log: "" };

/** An invocation under way, which a test ends. */
export interface Invocation {
  readonly call: FunctionCall;
  /** Bodies of its messages. */
  readonly bodies: readonly string[];
  readonly records: readonly Record<string, unknown>[];
  /** Has the function answer, and waits until that has had its consequences. */
  answer(result?: unknown): Promise<void>;
  fail(): Promise<void>;
  end(answer: FunctionAnswer): Promise<void>;
}

/** A queue with a mapping to a function that answers when a test says so. */
export function aSource(
  settings: Partial<QueueMapping> = {},
  queueSettings: Partial<QueueSettings> = {},
  timeoutMs = 3000,
) {
  const fixture = aQueue(queueSettings);
  const { directory, queue, clocks } = fixture;
  const mapping: QueueMapping = { ...QUEUE_MAPPING, sourceArn: queue.arn, ...settings };
  /** All there ever were. */
  const invocations: Invocation[] = [];
  const warnings: string[] = [];
  const signals: AbortSignal[] = [];
  const counters = new CountersByMapping();
  const notes = new FunctionNotes();
  const sources = new QueueSources({
    clockOf: (account) => clocks.of(account),
    ids: seededIds("source"),
    queueOf: (arn) => directory.byArn(arn),
    follow: (arn, follower) => directory.follow(arn, follower),
    timeoutMsOf: () => timeoutMs,
    notes,
    wire: { receiptHandle: formatReceiptHandle, md5OfAttributes },
    warn: (_fields, text) => warnings.push(text),
    countersOf: (_scope, uuid) => counters.of(uuid),
    invoke: (call, signal) => {
      signals.push(signal);
      return new Promise((resolve) => invocations.push(invocationOf(call, resolve)));
    },
  });
  const set = (change: Partial<QueueMapping> = {}) => sources.set(SCOPE, { ...mapping, ...change });
  set();
  return {
    ...fixture,
    notes,
    sources,
    mapping,
    set,
    invocations,
    warnings,
    signals,
    counters: counters.of(mapping.uuid),
  };
}

function invocationOf(call: FunctionCall, resolve: (answer: FunctionAnswer) => void): Invocation {
  const { Records } = JSON.parse(call.payload) as { readonly Records: readonly Record<string, unknown>[] };
  const end = async (answer: FunctionAnswer): Promise<void> => {
    resolve(answer);
    await nextTurn();
  };
  return {
    call,
    records: Records,
    bodies: Records.map(({ body }) => String(body)),
    end,
    answer: (result: unknown = null) => end({ ...RAN, type: "answered", payload: JSON.stringify(result) }),
    fail: () => end({ ...RAN, type: "failed", payload: '{"errorMessage":"no"}' }),
  };
}
