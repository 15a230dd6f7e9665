import { AsynchronousInvocations } from "../../../../src/delivery/function/asynchronous/asynchronous-invocations.ts";
import type { ReportLost } from "../../../../src/delivery/function/asynchronous/ends.ts";
import type { PutObject } from "../../../../src/delivery/target/bucket-folder.ts";
import type { HandOver } from "../../../../src/delivery/target/function.ts";
import type { FunctionSettings } from "../../../../src/engine/function/function.ts";
import { FunctionDirectory } from "../../../../src/engine/function/function-directory.ts";
import { FunctionNotes } from "../../../../src/engine/function/function-notes.ts";
import type { FunctionAnswer, FunctionCall } from "../../../../src/engine/invocation.ts";
import type { Queue } from "../../../../src/engine/queue/queue.ts";
import { EventLogs } from "../../../../src/kernel/event/event-logs.ts";
import { seededIds } from "../../../../src/kernel/ids.ts";
import { scopeOf } from "../../../../src/kernel/scope.ts";
import { nextTurn } from "../../../../src/kernel/time/system-clock.ts";
import { archive, SETTINGS } from "../../../support/functions.ts";
import { ACCOUNT, REGION } from "../../../support/queue.ts";
import { aDelivering } from "../../fixture.ts";

/** What functions do in a test that says nothing else. */
export const DONE = { type: "answered", payload: '{"ok":true}', executedVersion: "$LATEST", log: "" } as const;
export const FAILED = {
  type: "failed",
  payload: '{"errorType":"Error","errorMessage":"no"}',
  executedVersion: "$LATEST",
  log: "",
} as const;

/** The ARN of a function of the default account. */
export function arnOf(name: string): string {
  return `arn:aws:lambda:${REGION}:${ACCOUNT}:function:${name}`;
}

/** A call that waits for the test to answer. */
interface Open extends FunctionCall {
  readonly signal: AbortSignal;
  answer(answer: FunctionAnswer): void;
}

/** Functions that are invoked asynchronously, over real engines, on the frozen clock of the default account. */
export function anInvoking({ put }: { readonly put?: PutObject } = {}) {
  const logs = new EventLogs();
  const ids = seededIds("functions");
  const calls: FunctionCall[] = [];
  const open: Open[] = [];
  const lost: Parameters<ReportLost>[0][] = [];
  /** What each function answers; those that have none wait for the test. */
  const answers = new Map<string, FunctionAnswer>();
  const handOver: HandOver = (job) => invocations.handOver(job);
  const delivering = aDelivering({ handOver, isInvoked: (arn) => arn.includes(":lambda:"), ...(put && { put }) });
  const clockOf = (account: string) => delivering.clocks.of(account);
  const functions = new FunctionDirectory({ clockOf, ids, releaseCode: () => {} });
  const notes = new FunctionNotes();
  const invocations = new AsynchronousInvocations({
    ...{ clockOf, ids, logs, functions },
    targets: delivering.targets,
    origin: () => "http://localhost:4566",
    attempted: () => {},
    notes,
    lost: (loss) => void lost.push(loss),
    invoke(call, signal) {
      calls.push(call);
      const answer = answers.get(call.functionArn);
      if (answer !== undefined) return Promise.resolve(answer);
      return new Promise((resolve) => open.push({ ...call, signal, answer: resolve }));
    },
  });
  const own = functions.in(scopeOf(ACCOUNT, REGION));
  return {
    ...delivering,
    ...{ calls, open, lost, answers, invocations, functions, notes },
    /** Makes a function that answers so, or waits for the test to answer. */
    function(name: string, answer?: FunctionAnswer, settings: Partial<FunctionSettings> = {}) {
      const inScope = functions.in(scopeOf(ACCOUNT, REGION));
      inScope.create({ name, settings: { ...SETTINGS, ...settings }, code: archive(name), tags: {} });
      const functionArn = arnOf(name);
      if (answer !== undefined) answers.set(functionArn, answer);
      return functionArn;
    },
    get own() {
      return functions.in(own.scope);
    },
    queueEvent: invocations.directory.queue,
    /** Lets time pass, and all that follows from each second of it. */
    async pass(ms: number) {
      await nextTurn();
      for (let left = ms; left > 0; left -= 1000) {
        delivering.clock.advance(Math.min(1000, left));
        await nextTurn();
      }
    },
    [Symbol.dispose]() {
      invocations.close();
      delivering.close();
    },
  };
}

/** The messages that are in a queue. */
export function messagesIn(queue: Queue) {
  return queue.receive({ max: 10 }).map(({ message }) => message);
}
