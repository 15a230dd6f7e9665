import type { FunctionAnswer, FunctionCall, InvokeFunction } from "../../engine/invocation.ts";
import { scopeOfArn } from "../../kernel/arn.ts";
import { onAbort } from "../../kernel/event/on-abort.ts";
import type { WorkUnderWay } from "../../kernel/event/work-under-way.ts";
import type { Clock } from "../../kernel/time/clock.ts";
import type { InvocationDelay, InvocationDisturbancePort } from "./invocation-disturbance.ts";

interface DelayDeps {
  /** What is delayed. */
  readonly invoke: InvokeFunction;
  readonly port: InvocationDisturbancePort;
  readonly clockOf: (account: string) => Clock;
  readonly realTime: Clock;
  readonly work: Pick<WorkUnderWay, "begin">;
}

/** An invocation that is to begin by its account's clock. */
interface DelayedInvocation {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly functionArn: string;
  readonly requestId: string;
}

/** One that waits, by whichever clock. */
interface Waiting extends DelayedInvocation {
  readonly isReal: boolean;
  giveUp: () => void;
}

const STOPPED: FunctionAnswer = { type: "stopped" };

/**
 * Has invocations begin later where that is wanted. A wait by the account's clock is no work, since work holds that clock, but
 * the moment at which it is over is; one by the machine's is work as the invocation itself.
 */
export class DelayedInvocations {
  readonly #deps: DelayDeps;
  readonly #byAccount = new Map<string, Set<Waiting>>();
  #isClosed = false;

  constructor(deps: DelayDeps) {
    this.#deps = deps;
  }

  readonly invoke: InvokeFunction = (call, signal) => {
    const delays = this.#deps.port.present?.delays(call.functionArn);
    return delays === undefined || delays.length === 0
      ? this.#begin(call, signal)
      : this.#beginAfter(delays, call, signal);
  };

  /** How many of an account, or of all, wait by their account's clock. Looks at each that waits. */
  count(account?: string): number {
    let count = 0;
    for (const one of this.#waiting(account)) if (!one.isReal) count++;
    return count;
  }

  /** Those of an account that wait by its clock, the first first. */
  upcoming(account: string): readonly DelayedInvocation[] {
    return [...this.#waiting(account)].filter(({ isReal }) => !isReal).sort((one, other) => one.at - other.at);
  }

  /** Gives up all that wait, of one account or of all. */
  reset(account?: string): void {
    for (const one of [...this.#waiting(account)]) one.giveUp();
  }

  /** The same, and lets none begin any more. */
  close(): void {
    this.#isClosed = true;
    this.reset();
  }

  #begin(call: FunctionCall, signal: AbortSignal): Promise<FunctionAnswer> {
    return this.#isClosed ? Promise.resolve(STOPPED) : this.#deps.invoke(call, signal);
  }

  async #beginAfter(
    delays: readonly InvocationDelay[],
    call: FunctionCall,
    signal: AbortSignal,
  ): Promise<FunctionAnswer> {
    const { work } = this.#deps;
    const { account } = scopeOfArn(call.functionArn);
    let release = nothing;
    for (const delay of delays) {
      const end = delay.clock === "real" ? work.begin(account) : nothing;
      const waiting = this.#isClosed ? undefined : this.#passed(call, delay, signal);
      release();
      const released = await waiting;
      end();
      if (released === undefined) return STOPPED;
      release = released;
    }
    const answer = this.#begin(call, signal);
    release();
    return answer;
  }

  *#waiting(account?: string): Generator<Waiting, void, void> {
    if (account !== undefined) yield* this.#byAccount.get(account) ?? [];
    else for (const waiting of this.#byAccount.values()) yield* waiting;
  }

  /** Waits. The clock is held until what it yields is called; undefined when the invocation is not to begin any more. */
  async #passed(
    { functionArn, requestId }: FunctionCall,
    { durationMs, clock: kind }: InvocationDelay,
    signal: AbortSignal,
  ): Promise<(() => void) | undefined> {
    if (signal.aborted) return undefined;
    const { clockOf, realTime, work } = this.#deps;
    const { account } = scopeOfArn(functionArn);
    const isReal = kind === "real";
    const clock = isReal ? realTime : clockOf(account);
    const waiting: Waiting = { at: clock.now() + durationMs, functionArn, requestId, isReal, giveUp: nothing };
    let ends: readonly (() => void)[] = [];
    const release = await new Promise<(() => void) | undefined>((resolve) => {
      waiting.giveUp = () => resolve(undefined);
      // The clock is held from the very moment at which the wait is over.
      ends = [clock.at(waiting.at, () => resolve(work.begin(account))), onAbort(signal, waiting.giveUp)];
      this.#add(account, waiting);
    });
    for (const end of ends) end();
    this.#remove(account, waiting);
    return release;
  }

  #add(account: string, waiting: Waiting): void {
    const ofAccount = this.#byAccount.get(account);
    if (ofAccount === undefined) this.#byAccount.set(account, new Set([waiting]));
    else ofAccount.add(waiting);
  }

  #remove(account: string, waiting: Waiting): void {
    const ofAccount = this.#byAccount.get(account);
    ofAccount?.delete(waiting);
    if (ofAccount?.size === 0) this.#byAccount.delete(account);
  }
}

function nothing(): void {}
