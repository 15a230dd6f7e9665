import { EventEmitter } from "node:events";
import type { IncomingMessage } from "node:http";
import { expect, test, vi } from "vitest";
import { readBody } from "../../../src/server/http/node-request.ts";

/** A request that comes in as the test says, and its body as text once there is one. */
function aRequest() {
  const request = new EventEmitter() as EventEmitter & Pick<IncomingMessage, "aborted" | "destroy">;
  const bodies: (string | undefined)[] = [];
  readBody(request as IncomingMessage, 1000, (body) => bodies.push(body?.toString("latin1")));
  return {
    bodies,
    comes: (text: string) => request.emit("data", Buffer.from(text, "latin1")),
    ends: () => request.emit("end"),
  };
}

test.for([
  { pieces: [], body: "" },
  { pieces: ["one"], body: "one" },
  { pieces: ["one", "two"], body: "onetwo" },
  { pieces: ["", "a", "", "b", "c"], body: "abc" },
  { pieces: ["x".repeat(999), "y"], body: `${"x".repeat(999)}y` },
])("a body in $pieces.length pieces is put together", ({ pieces, body }) => {
  const { bodies, comes, ends } = aRequest();
  for (const piece of pieces) comes(piece);
  ends();
  expect(bodies).toEqual([body]);
});

test("a body is as long as its pieces, however long the one before was", () => {
  const [long, short] = [aRequest(), aRequest()];
  for (const piece of ["aaaa", "bbbb"]) long.comes(piece);
  long.ends();
  for (const piece of ["c", "d"]) short.comes(piece);
  short.ends();
  expect([long.bodies, short.bodies]).toEqual([["aaaabbbb"], ["cd"]]);
});

test("bodies whose pieces come by turns are not mixed", () => {
  const [one, other] = [aRequest(), aRequest()];
  for (const piece of ["1", "2", "3"]) {
    one.comes(`a${piece}`);
    other.comes(`b${piece}`);
  }
  other.ends();
  one.ends();
  expect([one.bodies, other.bodies]).toEqual([["a1a2a3"], ["b1b2b3"]]);
});

test("a body past the limit is not handed over", () => {
  const { bodies, comes, ends } = aRequest();
  comes("x".repeat(1000));
  comes("y");
  ends();
  expect(bodies).toEqual([undefined]);
});

test("a body that comes byte by byte is held in few pieces", () => {
  const joins = vi.spyOn(Buffer, "concat");
  const { bodies, comes, ends } = aRequest();
  for (let byte = 0; byte < 1000; byte++) comes(String(byte % 10));
  ends();
  expect(bodies).toEqual(["0123456789".repeat(100)]);
  expect(joins.mock.calls.map(([pieces]) => pieces.length)).toEqual([256, 256, 256]);
});
