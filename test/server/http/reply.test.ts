import { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { Duplex } from "node:stream";
import { expect, test } from "vitest";
import { nextTurn } from "../../../src/kernel/time/system-clock.ts";
import { NodeReply } from "../../../src/server/http/node-reply.ts";
import { PlainConnection } from "../../../src/server/http/plain-connection.ts";
import type { Reply } from "../../../src/server/http/reply.ts";
import { HttpDate } from "../../../src/server/http/reply.ts";
import { SlowRequests } from "../../../src/server/http/slow-requests.ts";
import { text } from "../../support/a-server.ts";
import { stillTime } from "../../support/queue.ts";

/** A connection that takes what is written when it is told to. */
function aConnection() {
  const writes: (() => void)[] = [];
  const socket = new Duplex({ read() {}, write: (_chunk, _encoding, done) => void writes.push(done) });
  socket.on("error", () => {});
  return { socket: Object.assign(socket, { setTimeout: () => socket }) as unknown as Socket, writes };
}

/** The way back through our own reader. */
function plainReply(socket: Socket): Reply {
  return new PlainConnection(socket, {
    date: new HttpDate(stillTime),
    patienceMs: 75_000,
    slow: new SlowRequests(stillTime),
    refuse() {},
    handOver() {},
    aws: { takes: () => true, answer() {} },
  });
}

/** The way back through node:http. */
function nodeReply(socket: Socket): Reply {
  const response = new ServerResponse(new IncomingMessage(socket));
  response.assignSocket(socket);
  return new NodeReply(response);
}

const bodies = [
  ["a short text", "short"],
  ["a long text", "x".repeat(100_000)],
  ["bytes", Buffer.from("bytes")],
] as const;
const replies = [
  ["our own reader", plainReply],
  ["node:http", nodeReply],
] as const;
const cases = replies.flatMap(([reader, replyOn]) =>
  bodies.map(([what, body]) => [what, reader, replyOn, body] as const),
);

test.for(cases)("%s has left through %s once it is written, and not before", async ([, , replyOn, body]) => {
  const { socket, writes } = aConnection();
  let left = 0;
  const onLeft = () => void left++;
  void replyOn(socket).send({ ...text(""), body }, { isCrossOrigin: false, isLast: false, onLeft });
  await nextTurn();
  expect(left).toBe(0);
  for (let write = writes.shift(); write !== undefined; write = writes.shift()) {
    write();
    await nextTurn();
  }
  expect(left).toBe(1);
});

test.for(cases)("%s has not left through %s when its connection was destroyed before", async ([, , replyOn, body]) => {
  const { socket, writes } = aConnection();
  const onLeft = () => expect.unreachable("it has not left");
  void replyOn(socket).send({ ...text(""), body }, { isCrossOrigin: false, isLast: false, onLeft });
  socket.destroy();
  for (const write of writes.splice(0)) write();
  await nextTurn();
  await nextTurn();
});
