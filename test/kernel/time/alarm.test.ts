import { expect, test } from "vitest";
import { Alarm } from "../../../src/kernel/time/alarm.ts";
import { ControlledClock } from "../../../src/kernel/time/controlled-clock.ts";
import { START, stillTime } from "../../support/queue.ts";

function anAlarm() {
  const clock = new ControlledClock(stillTime);
  clock.freeze();
  const rung: number[] = [];
  const alarm = new Alarm(clock, () => rung.push(clock.now() - START));
  return { clock, alarm, rung };
}

test("it rings once at the instant it was last set to", () => {
  const { clock, alarm, rung } = anAlarm();
  alarm.set(START + 10);
  alarm.set(START + 30);
  alarm.set(START + 20);
  clock.advance(100);
  expect(rung).toEqual([20]);
});

test("set to Infinity, it does not ring", () => {
  const { clock, alarm, rung } = anAlarm();
  alarm.set(START + 10);
  alarm.set(Number.POSITIVE_INFINITY);
  clock.advance(100);
  expect(rung).toEqual([]);
  expect(clock.pending).toBe(0);
});

test("it can be set to the same instant again after it rang", () => {
  const { clock, alarm, rung } = anAlarm();
  alarm.set(START + 10);
  clock.advance(10);
  alarm.set(START + 10);
  clock.advance(0);
  expect(rung).toEqual([10, 10]);
});

test("set anew by another alarm of the instant it was to ring at, it rings only later", () => {
  const { clock, alarm, rung } = anAlarm();
  clock.at(START + 10, () => alarm.set(START + 20));
  alarm.set(START + 10);
  clock.advance(100);
  expect(rung).toEqual([20]);
});
