import { describe, expect, test } from "vitest";
import { AdvanceStopped } from "../../../src/kernel/time/advance-stopped.ts";
import { ADVANCED_PER_TURN, ControlledClock, DUE_PER_TURN } from "../../../src/kernel/time/controlled-clock.ts";
import { START, stillTime } from "../../support/queue.ts";

const ALARMS = 10 * ADVANCED_PER_TURN + 3;

/** A frozen clock with an alarm at every millisecond, which counts how many ring between two turns of others. */
function aBusyClock(count = ALARMS) {
  const clock = new ControlledClock(stillTime);
  clock.freeze();
  const rung: number[] = [];
  for (let ms = 1; ms <= count; ms++) clock.at(START + ms, () => rung.push(clock.now() - START));
  const perTurn: number[] = [];
  let seen = 0;
  const endTurn = (): void => {
    perTurn.push(rung.length - seen);
    seen = rung.length;
  };
  const nextTurn = async (): Promise<void> => endTurn();
  return { clock, rung, perTurn, endTurn, nextTurn };
}

describe("time that is advanced in turns", () => {
  test("rings everything in order, and only so much between two turns", async () => {
    const { clock, rung, perTurn, endTurn, nextTurn } = aBusyClock();
    await clock.advanceInTurns(ALARMS, { nextTurn });
    endTurn();
    expect(rung).toEqual(Array.from({ length: ALARMS }, (_, index) => index + 1));
    expect(Math.max(...perTurn)).toBe(ADVANCED_PER_TURN);
    expect(clock.now()).toBe(START + ALARMS);
  });

  test("rings no more in a turn when all alarms are of one instant", async () => {
    const { clock, perTurn, endTurn, nextTurn, rung } = aBusyClock(0);
    for (let order = 0; order < ALARMS; order++) clock.at(START + 1, () => rung.push(order));
    await clock.advanceInTurns(1, { nextTurn });
    endTurn();
    expect(rung).toEqual(Array.from({ length: ALARMS }, (_, order) => order));
    expect(Math.max(...perTurn)).toBe(ADVANCED_PER_TURN);
  });

  test("is there on return when one turn is enough", () => {
    const { clock, rung } = aBusyClock(ADVANCED_PER_TURN);
    clock.advanceInTurns("1s");
    expect([clock.now(), rung.length]).toEqual([START + 1000, ADVANCED_PER_TURN]);
  });

  test("rings what is set in between, by alarms and by others, when it falls on the way", async () => {
    const { clock, rung, nextTurn } = aBusyClock();
    const from: number[] = [];
    let isSet = false;
    await clock.advanceInTurns(ALARMS, {
      nextTurn: async () => {
        await nextTurn();
        if (!isSet) for (const instant of [clock.now(), START + 50]) clock.at(instant, () => from.push(clock.now()));
        isSet = true;
      },
    });
    expect(from).toEqual([START + ADVANCED_PER_TURN, START + 50]);
    expect(rung).toHaveLength(ALARMS);
  });

  test("waits for the advance before it", async () => {
    const { clock } = aBusyClock();
    const ends: number[] = [];
    const advance = (by: string) => clock.advanceInTurns(by).then(() => ends.push(clock.now() - START));
    await Promise.all([advance("1s"), advance("2s"), advance("500ms")]);
    expect(ends).toEqual([1000, 3000, 3500]);
  });

  test("stays where it has got to, and says where, when the signal aborts", async () => {
    const { clock, rung, nextTurn } = aBusyClock();
    const controller = new AbortController();
    clock.at(START + 2 * ADVANCED_PER_TURN, () => controller.abort(new Error("enough")));
    const advanced = clock.advanceInTurns(ALARMS, { signal: controller.signal, nextTurn });
    const stoppedAt = START + rung.length;
    await expect(advanced).rejects.toThrow(AdvanceStopped);
    const error = await advanced.catch((cause: unknown) => cause as AdvanceStopped);
    expect(error).toMatchObject({ name: "AbortError", stoppedAt: clock.now(), cause: new Error("enough") });
    expect(clock.now()).toBeGreaterThan(stoppedAt);
    expect(clock.now() - START).toBe(rung.length);
    expect(clock.now()).toBeLessThan(START + ALARMS);
    await clock.advanceInTurns(ALARMS - rung.length);
    expect(rung).toHaveLength(ALARMS);
  });

  test("does not begin once the signal has aborted", async () => {
    const { clock, rung } = aBusyClock();
    await expect(clock.advanceInTurns(5, { signal: AbortSignal.abort() })).rejects.toThrow(AdvanceStopped);
    expect([clock.now(), rung]).toEqual([START, []]);
  });

  test.for([
    ["frozen", "freeze", true],
    ["running", "resume", false],
  ] as const)("is %s afterwards when it is told on the way", async ([, command, isFrozen]) => {
    const { clock, nextTurn } = aBusyClock();
    if (command === "freeze") clock.resume();
    clock.at(START + 20, () => clock[command]());
    await clock.advanceInTurns(ALARMS, { nextTurn });
    expect([clock.isFrozen, clock.now()]).toEqual([isFrozen, START + ALARMS]);
  });

  test("goes on as before when an alarm throws", async () => {
    const { clock, nextTurn } = aBusyClock();
    clock.at(START + 20, () => {
      throw new Error("broken");
    });
    await expect(clock.advanceInTurns(ALARMS, { nextTurn })).rejects.toThrow("broken");
    await clock.advanceInTurns(ALARMS, { nextTurn });
    expect(clock.now()).toBe(START + 20 + ALARMS);
  });
});

test("what falls due by itself rings so much a turn, too", () => {
  const base = new ControlledClock(stillTime);
  base.freeze();
  const clock = new ControlledClock(base);
  let rung = 0;
  const perTurn: number[] = [];
  for (let order = 0; order < 2 * DUE_PER_TURN + 1; order++) clock.at(START + 10, () => rung++);
  base.at(START + 10, () => perTurn.push(rung));
  base.advance(10);
  expect([...perTurn, rung]).toEqual([DUE_PER_TURN, 2 * DUE_PER_TURN + 1]);
});
