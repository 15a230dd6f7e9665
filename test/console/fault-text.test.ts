import { describe, expect, test } from "vitest";
import { faultText, happenedText } from "../../src/console/page/faults/fault-text.ts";

const effect = { type: "throttle" };

describe("a fault", () => {
  test.for([
    [{}, "throttle on everything"],
    [{ operation: "SendMessage", resource: "jobs", times: 1 }, "throttle on SendMessage of jobs, once at most"],
    [{ service: "sqs", every: 3, times: 2 }, "throttle on sqs, on one occasion in 3, 2 times at most"],
  ] as const)("that has %j is told as %s", ([said, text]) => {
    expect(faultText({ effect, ...said })).toBe(text);
  });

  test("tells how often it happened, and of no occasion where there was none", () => {
    expect(happenedText({ fired: 0, matched: 0 })).toBe("There was no occasion yet");
    expect(happenedText({ fired: 1, matched: 4 })).toBe("Happened once, of 4 it could have");
  });
});
