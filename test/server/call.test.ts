import { expect, test } from "vitest";
import { Standstill } from "../../src/kernel/event/standstill.ts";
import { NotYet } from "../../src/kernel/not-yet.ts";
import { scopeOf } from "../../src/kernel/scope.ts";
import { nextTurn } from "../../src/kernel/time/system-clock.ts";
import { ReceivedRequest, RequestCall } from "../../src/server/call.ts";
import { begunStandstill } from "../support/begun-standstill.ts";
import { bytesLeftBehind } from "../support/heap.ts";
import { aRequest } from "./services.ts";

test("a request that is retained keeps its body when the memory it came in is used again", () => {
  const { body: memory, ...content } = aRequest({ body: "hello" });
  const passing = new ReceivedRequest({ ...content, body: memory });
  const retained = new ReceivedRequest({ ...content, body: memory });
  retained.retain();
  memory.fill("x");
  expect(String(passing.body)).toBe("xxxxx");
  expect(String(retained.body)).toBe("hello");
});

test("an operation begins when nothing stands still, on its bytes as they came", async () => {
  const { body: memory, ...content } = aRequest({ body: "hello" });
  const place = { scope: scopeOf("000000000000", "us-east-1"), namesRegion: true };
  const standstill = new Standstill();
  const request = new ReceivedRequest({ ...content, body: memory });
  const call = new RequestCall(request, { requestId: "1", place, dialect: "json", origin: "", standstill });
  const seen: boolean[] = [];
  const operation = {
    name: "Any",
    input: {} as never,
    errors: [],
    run(_call: unknown, input: unknown) {
      seen.push(standstill.isOn);
      return String((input as { data: Uint8Array }).data) + String(request.body);
    },
  };
  const end = begunStandstill(standstill);
  const answer = call.run(operation, { data: memory.subarray(0, 1) });
  memory.fill("x");
  await nextTurn();
  expect(seen).toEqual([]);
  await end();
  expect(await answer).toBe(`${"h".charCodeAt(0)}hello`);
  expect(seen).toEqual([false]);
});

test("who keeps the trace header of a request does not keep its head", async () => {
  const place = { scope: scopeOf("000000000000", "us-east-1"), namesRegion: true };
  const kept: (string | undefined)[] = [];
  const left = await bytesLeftBehind(100, (round) => {
    const head = Buffer.alloc(4000, `Root=1-${round} `).toString("latin1");
    const request = new ReceivedRequest(aRequest({ headers: { "x-amzn-trace-id": head.slice(0, 50) } }));
    kept.push(new RequestCall(request, { requestId: "1", place, dialect: "json", origin: "" }).traceHeader);
  });
  expect(kept[1]).toMatch(/^Root=1-1 Root=1-1 /);
  expect(left).toBeLessThan(1000);
});

test("the body is copied once", () => {
  const request = new ReceivedRequest(aRequest({ body: "hello" }));
  request.retain();
  const copy = request.body;
  request.retain();
  expect(request.body).toBe(copy);
});

test("what cannot be answered yet is asked again once it can, with its bytes as they came", async () => {
  const { body: memory, ...content } = aRequest({ body: "hello" });
  const place = { scope: scopeOf("000000000000", "us-east-1"), namesRegion: true };
  const request = new ReceivedRequest({ ...content, body: memory });
  const call = new RequestCall(request, { requestId: "1", place, dialect: "json", origin: "" });
  const waits = [Promise.resolve(), Promise.resolve()];
  const operation = {
    name: "Any",
    input: {} as never,
    errors: [],
    run(_call: unknown, input: unknown) {
      const wait = waits.pop();
      if (wait !== undefined) throw new NotYet(wait);
      return String((input as { data: Uint8Array }).data) + String(request.body);
    },
  };
  const answer = call.run(operation, { data: memory.subarray(0, 1) });
  memory.fill("x");
  expect(await answer).toBe(`${"h".charCodeAt(0)}hello`);
  expect(waits).toEqual([]);
});
