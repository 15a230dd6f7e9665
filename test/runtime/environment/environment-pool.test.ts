import { beforeEach, describe, expect, test } from "vitest";
import type { ControlledClock } from "../../../src/kernel/time/controlled-clock.ts";
import type { Environment, EnvironmentOutcome } from "../../../src/runtime/environment/environment.ts";
import { EnvironmentPool } from "../../../src/runtime/environment/environment-pool.ts";
import type { Outcome } from "../../../src/runtime/runner.ts";
import { anInvocation, never } from "../../support/runtime.ts";
import { aFrozenClock } from "../../support/service-call.ts";

/** Answers when the test says so. */
class FakeEnvironment implements Environment {
  isUsable = true;
  isReady = true;
  hasEnded = false;
  answer: (outcome: EnvironmentOutcome) => void = () => {};
  readonly #onEnd: () => void;

  constructor(onEnd: (environment: Environment) => void) {
    this.#onEnd = () => onEnd(this);
    opened.push(this);
  }

  invoke(): Promise<EnvironmentOutcome> {
    return new Promise((resolve) => {
      this.answer = resolve;
    });
  }

  stop(): void {
    this.isUsable = false;
    this.answer({ type: "stopped" });
  }

  async end(): Promise<void> {
    this.hasEnded = true;
    this.answer({ type: "stopped" });
    this.#onEnd();
  }
}

let opened: FakeEnvironment[];
let clock: ControlledClock;
let pool: EnvironmentPool;

beforeEach(() => {
  opened = [];
  clock = aFrozenClock();
  const open = (onEnd: (environment: Environment) => void) => new FakeEnvironment(onEnd);
  pool = new EnvironmentPool({ open, clock, keepAliveMs: 1000, mostEnvironments: 2 });
});

const invoke = (signal = never): Promise<Outcome> => pool.invoke(anInvocation(), signal);
const done: EnvironmentOutcome = { type: "answered", payload: "1", log: "" };

/** Has the environment answer, and that come through. */
async function answered(at: number, outcome: Promise<Outcome>): Promise<Outcome> {
  opened[at]!.answer(done);
  return await outcome;
}

describe("environments", () => {
  test("are made as they are needed, used again, and no more of them than may be", async () => {
    await answered(0, invoke());
    const first = invoke();
    const second = invoke();
    expect(opened).toHaveLength(2);
    expect(await invoke()).toEqual({ type: "throttled", reason: "ConcurrentInvocationLimitExceeded" });
    expect(await Promise.all([answered(0, first), answered(1, second)])).toEqual([done, done]);
    expect(pool.size).toBe(2);
  });

  test("are not waited for when another is ready, and are when none is", async () => {
    const both = [invoke(), invoke()];
    await answered(0, both[0]!);
    await answered(1, both[1]!);
    opened[1]!.isReady = false;
    expect(await answered(0, invoke())).toEqual(done);
    opened[0]!.isReady = false;
    expect(await answered(0, invoke())).toEqual(done);
    expect(opened).toHaveLength(2);
  });

  test("are made ahead, but one", () => {
    pool.warm();
    pool.warm();
    expect(opened).toHaveLength(1);
    void invoke();
    expect(opened).toHaveLength(1);
  });

  test("end when nobody has needed them for long enough, those used last being used first", async () => {
    const both = [invoke(), invoke()];
    await answered(1, both[1]!);
    await answered(0, both[0]!);
    await clock.advanceInTurns(999);
    await answered(0, invoke());
    await clock.advanceInTurns(1);
    expect(opened.map(({ hasEnded }) => hasEnded)).toEqual([false, true]);
    await clock.advanceInTurns(999);
    expect(opened.map(({ hasEnded }) => hasEnded)).toEqual([true, true]);
    expect(pool.size).toBe(0);
  });

  test("that end before they took the event pass it on", async () => {
    pool.warm();
    const outcome = invoke();
    opened[0]!.isUsable = false;
    opened[0]!.answer({ type: "gone" });
    await clock.advanceInTurns(0);
    expect(opened).toHaveLength(2);
    expect(await answered(1, outcome)).toEqual(done);
    expect(opened[0]!.hasEnded).toBe(true);
  });

  test("that cannot be used again end", async () => {
    const outcome = invoke();
    opened[0]!.isUsable = false;
    await answered(0, outcome);
    expect(opened[0]!.hasEnded).toBe(true);
  });

  test("the one that would be used next ends when that is wanted, and none when none is free", async () => {
    await Promise.all([answered(0, invoke()), answered(1, invoke())].reverse());
    pool.endNext();
    expect(opened.map(({ hasEnded }) => hasEnded)).toEqual([false, true]);
    const outcome = invoke();
    pool.endNext();
    expect(opened.map(({ hasEnded }) => hasEnded)).toEqual([false, true]);
    expect(await answered(0, outcome)).toEqual(done);
  });

  test("that end while nobody needs them are not used", async () => {
    pool.warm();
    await opened[0]!.end();
    expect(pool.size).toBe(0);
    void invoke();
    expect(opened).toHaveLength(2);
  });

  test("are replaced: those that work end once they have answered, and do not count", async () => {
    const both = [invoke(), invoke()];
    await answered(1, both[1]!);
    pool.retire();
    expect(opened.map(({ hasEnded }) => hasEnded)).toEqual([false, true]);
    const next = [invoke(), invoke()];
    expect(opened).toHaveLength(4);
    await answered(0, both[0]!);
    expect(opened[0]!.hasEnded).toBe(true);
    await Promise.all([answered(2, next[0]!), answered(3, next[1]!)]);
  });

  test("are stopped when the pool is abandoned, and nothing begins after, not even what one passes on", async () => {
    const outcomes = [invoke(), invoke()];
    opened[1]!.answer({ type: "gone" });
    pool.abandon();
    expect(await Promise.all(outcomes)).toEqual([{ type: "stopped" }, { type: "stopped" }]);
    expect(await invoke()).toEqual({ type: "stopped" });
    expect(opened.map(({ hasEnded }) => hasEnded)).toEqual([true, true]);
  });

  test("all end with the pool, and nothing begins after", async () => {
    const outcome = invoke();
    await pool.close();
    expect(await outcome).toEqual({ type: "stopped" });
    expect(opened[0]!.hasEnded).toBe(true);
    pool.warm();
    expect(await invoke()).toEqual({ type: "stopped" });
    expect(opened).toHaveLength(1);
  });

  test("are not made for who has given up", async () => {
    expect(await invoke(AbortSignal.abort())).toEqual({ type: "stopped" });
    expect(opened).toEqual([]);
  });
});
