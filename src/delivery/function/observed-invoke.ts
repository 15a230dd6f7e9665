import type { FunctionNotes } from "../../engine/function/function-notes.ts";
import type { InvokeFunction } from "../../engine/invocation.ts";
import { scopeOfArn } from "../../kernel/arn.ts";
import type { WorkUnderWay } from "../../kernel/event/work-under-way.ts";
import type { Clock } from "../../kernel/time/clock.ts";
import type { InvocationLog } from "./invocation-log.ts";

interface Observers {
  readonly log: InvocationLog;
  readonly work: Pick<WorkUnderWay, "begin" | "stall">;
  readonly clockOf: (account: string) => Clock;
  /** The time that functions run in. */
  readonly realTime: Pick<Clock, "now">;
  readonly notes: Pick<FunctionNotes, "isHeard" | "tell">;
}

/** The same, with every invocation logged, and counted as work for as long as it runs. */
export function observed(invoke: InvokeFunction, { log, work, clockOf, realTime, notes }: Observers): InvokeFunction {
  return async (call, signal) => {
    const { account } = scopeOfArn(call.functionArn);
    const clock = clockOf(account);
    const end = work.begin(account);
    let endStall = nothing;
    const onStalled = (why: string | undefined): void => {
      endStall();
      endStall = why === undefined ? nothing : work.stall(account, why);
    };
    const [startedAt, began] = [clock.now(), realTime.now()];
    try {
      const answer = await invoke({ ...call, onStalled }, signal);
      const times = { startedAt, endedAt: clock.now(), durationMs: realTime.now() - began };
      if (answer.type === "stopped") return answer;
      log.add(call, answer, times);
      if (notes.isHeard) {
        const { functionArn, requestId, cause } = call;
        const { endedAt: at, durationMs } = times;
        const facts = { requestId, source: cause?.source, outcome: answer.type, durationMs };
        notes.tell({ type: "functionInvoked", at, functionArn, ...facts });
      }
      return answer;
    } finally {
      endStall();
      end();
    }
  };
}

function nothing(): void {}
