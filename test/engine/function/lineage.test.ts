import { expect, test } from "vitest";
import { firstPassed, mergedTrace, passedThrough, passesThrough } from "../../../src/engine/function/lineage.ts";

const [F, G] = ["f", "g"].map((name) => `arn:aws:lambda:us-east-1:000000000000:function:${name}`) as [string, string];
const TRACE = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=3995c3f42cd8ad8;Sampled=1";

test("each pass through a function is counted, whichever of its versions, and those through others are kept", () => {
  expect([passesThrough(F, undefined), passesThrough(F, TRACE)]).toEqual([0, 0]);
  let trace = passedThrough(F, TRACE);
  expect(trace).toMatch(new RegExp(`^${TRACE};Lineage=[0-9a-f]{8}:1$`));
  trace = passedThrough(`${F}:live`, passedThrough(G, trace));
  expect([passesThrough(F, trace), passesThrough(`${F}:1`, trace), passesThrough(G, trace)]).toEqual([2, 2, 1]);
  expect(trace.startsWith(`${TRACE};Lineage=`)).toBe(true);
});

test("the first pass of all is counted as any other", () => {
  for (const arn of [F, `${F}:live`, G]) expect(firstPassed(arn, TRACE)).toBe(passedThrough(arn, TRACE));
});

test("what others wrote into a lineage is kept, and what cannot be read is left out", () => {
  const trace = passedThrough(F, "Root=1-2-3;Lineage=a87bd80c:0|68fd508a:5;Sampled=0");
  expect(trace).toMatch(/^Root=1-2-3;Sampled=0;Lineage=a87bd80c:0\|68fd508a:5\|[0-9a-f]{8}:1$/);
  expect(passedThrough(F, "Root=1-2-3;Lineage=x|:|a:b:c|a87bd80c:99999999")).toMatch(/;Lineage=[0-9a-f]{8}:1$/);
});

test("a lineage does not grow for ever, and loses what was first", () => {
  let trace = TRACE;
  for (let at = 0; at < 100; at++) trace = passedThrough(`${F}${at}`, trace);
  const counts = Array.from({ length: 100 }, (_, at) => passesThrough(`${F}${at}`, trace));
  expect(counts.lastIndexOf(0)).toBe(67);
  expect(counts.filter((count) => count === 1)).toHaveLength(32);
});

test("several together have the most passes through each function", () => {
  const [once, twice] = [passedThrough(F, TRACE), passedThrough(F, passedThrough(F, "Root=1-2-3"))];
  const merged = mergedTrace([undefined, passedThrough(G, once), twice]);
  expect(merged?.startsWith(TRACE)).toBe(true);
  expect([passesThrough(F, merged), passesThrough(G, merged)]).toEqual([2, 1]);
  expect([mergedTrace([]), mergedTrace([undefined]), mergedTrace([undefined, TRACE])]).toEqual([
    ...[undefined, undefined, TRACE],
  ]);
});
