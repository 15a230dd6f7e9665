import { expect, test } from "vitest";
import { ReceivedRequest } from "../../src/server/call.ts";
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

test("the body is copied once", () => {
  const request = new ReceivedRequest(aRequest({ body: "hello" }));
  request.retain();
  const copy = request.body;
  request.retain();
  expect(request.body).toBe(copy);
});
