import type { InvokeFunction } from "../../engine/invocation.ts";
import { scopeOfArn } from "../../kernel/arn.ts";
import { onAbort } from "../../kernel/event/on-abort.ts";
import type { WorkUnderWay } from "../../kernel/event/work-under-way.ts";
import type { Clock } from "../../kernel/time/clock.ts";
import type { InvocationDisturbancePort } from "./invocation-disturbance.ts";

interface DelayDeps {
  readonly port: InvocationDisturbancePort;
  readonly clockOf: (account: string) => Clock;
  readonly realTime: Clock;
  readonly work: Pick<WorkUnderWay, "begin">;
  /** Ends all waits. */
  readonly closing: AbortSignal;
}

/**
 * The same, later where it is to be. A wait by the account's clock is no work, since work holds that clock, but the moment at
 * which it is over is; one by the machine's is work as the invocation itself.
 */
export function delayed(invoke: InvokeFunction, deps: DelayDeps): InvokeFunction {
  return async (call, signal) => {
    const { port, clockOf, realTime, work, closing } = deps;
    const { account } = scopeOfArn(call.functionArn);
    let release = nothing;
    for (const { durationMs, clock } of port.present?.delays(call.functionArn) ?? []) {
      const hold = (): (() => void) => work.begin(account);
      const isReal = clock === "real";
      const end = isReal ? hold() : nothing;
      const waiting = passed(isReal ? realTime : clockOf(account), { durationMs, hold, signals: [signal, closing] });
      release();
      release = await waiting;
      end();
    }
    const answer: ReturnType<InvokeFunction> = closing.aborted
      ? Promise.resolve({ type: "stopped" })
      : invoke(call, signal);
    release();
    return answer;
  };
}

function nothing(): void {}

interface Wait {
  readonly durationMs: number;
  /** Is called in the moment in which that time is over, and returns what is to be called when something else has begun. */
  readonly hold: () => () => void;
  /** Any of them ends it. */
  readonly signals: readonly AbortSignal[];
}

/** Waits. The clock is held until what it yields is called. */
async function passed(clock: Clock, { durationMs, hold, signals }: Wait): Promise<() => void> {
  if (signals.some(({ aborted }) => aborted)) return nothing;
  let ends: readonly (() => void)[] = [];
  const release = await new Promise<() => void>((resolve) => {
    const cancel = clock.at(clock.now() + durationMs, () => resolve(hold()));
    ends = [cancel, ...signals.map((signal) => onAbort(signal, () => resolve(nothing)))];
  });
  for (const end of ends) end();
  return release;
}
