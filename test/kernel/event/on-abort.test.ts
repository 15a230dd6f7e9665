import { getEventListeners } from "node:events";
import { expect, test } from "vitest";
import { onAbort } from "../../../src/kernel/event/on-abort.ts";

const MANY = 100;

const listeners = (signal: AbortSignal): number => getEventListeners(signal, "abort").length;

test("however many listen, the signal has one listener and tells each of them once", () => {
  const controller = new AbortController();
  const told: number[] = [];
  for (let number = 0; number < MANY; number++) onAbort(controller.signal, () => told.push(number));
  expect(listeners(controller.signal)).toBe(1);
  controller.abort();
  controller.abort();
  expect(told).toEqual(Array.from({ length: MANY }, (_, number) => number));
});

test("who has left hears nothing, and the last to leave takes the listener along", () => {
  const { signal, ...controller } = withSignal();
  const told: string[] = [];
  const leave = onAbort(signal, () => told.push("first"));
  const leaveToo = onAbort(signal, () => told.push("second"));
  leave();
  leave();
  expect(listeners(signal)).toBe(1);
  controller.abort();
  expect(told).toEqual(["second"]);
  leaveToo();
  expect(listeners(signal)).toBe(0);
});

test("a signal that everybody left is listened to again by who comes later", () => {
  const { signal, ...controller } = withSignal();
  const told: string[] = [];
  onAbort(signal, () => told.push("early"))();
  onAbort(signal, () => told.push("late"));
  controller.abort();
  expect(told).toEqual(["late"]);
});

function withSignal() {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort() };
}
