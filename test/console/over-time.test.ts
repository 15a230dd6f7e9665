import { expect, test } from "vitest";
import { ascending, type Sample, Throughput } from "../../src/console/page/queue/over-time.ts";

function sample(account: number, machine: number, visible: number): Sample {
  return { at: { account, machine }, visible, inFlight: 0, delayed: 0, ageSeconds: null };
}

test("of an instant at which time stood the last sample is shown, and all of them over the machine's time", () => {
  const samples = [sample(5, 1, 0), sample(5, 2, 1), sample(5, 3, 2), sample(9, 4, 3)];
  const shown = (base: "account" | "machine") => ascending(samples, base).map(({ visible }) => visible);
  expect(shown("account")).toEqual([2, 3]);
  expect(shown("machine")).toEqual([0, 1, 2, 3]);
});

test("what is later than time that went back is not shown", () => {
  expect(
    ascending([sample(5, 5, 0), sample(9, 9, 1), sample(7, 7, 2)], "machine").map(({ visible }) => visible),
  ).toEqual([0, 2]);
});

test("throughput is counted by second of either time, with nothing beside what went on", () => {
  const throughput = new Throughput();
  const at = (account: number, machine: number) => ({ account, machine });
  throughput.count("sent", at(10_000, 1000));
  throughput.count("sent", at(10_999, 1500));
  throughput.count("received", at(10_999, 2000));
  throughput.count("deleted", at(3_600_000, 2500));
  throughput.count("purged", at(10_000, 1000));
  const points = (base: "account" | "machine", until: number) => {
    const { instants, counts } = throughput.points(base, at(until, until));
    return instants.map((instant, place) => [instant / 1000, ...Object.values(counts[place] ?? {})]);
  };
  expect(points("machine", 5000)).toEqual([
    [0, 0, 0, 0],
    [1, 2, 0, 0],
    [2, 0, 1, 1],
    [3, 0, 0, 0],
    [5, 0, 0, 0],
  ]);
  expect(points("account", 3_600_500)).toEqual([
    [9, 0, 0, 0],
    [10, 2, 1, 0],
    [11, 0, 0, 0],
    [3599, 0, 0, 0],
    [3600, 0, 0, 1],
  ]);
});

test("of throughput so many seconds are remembered", () => {
  const throughput = new Throughput();
  for (let second = 0; second < 5000; second++) {
    throughput.count("sent", { account: second * 1000, machine: second * 1000 });
  }
  expect(throughput.points("machine", { account: 0, machine: 6_000_000 }).instants.length).toBeLessThan(2100);
});

test("where nothing went on there is nothing to show", () => {
  expect(new Throughput().points("account", { account: 1000, machine: 1000 }).instants).toEqual([]);
});
