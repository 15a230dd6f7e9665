import { expect, test } from "vitest";
import { answerBlocks } from "../../src/protocol/errors.ts";
import { aServer } from "../support/a-server.ts";
import { RawConnection } from "../support/raw-connection.ts";

const LENGTH = 64 * 1024;

test("an answer is sent whole, and then its memory is used for the next", async () => {
  const block = answerBlocks.take(LENGTH).fill("x");
  const body = block.subarray(0, LENGTH);
  await using server = await aServer({ answer: () => ({ response: { status: 200, headers: {}, body } }) });
  using client = await RawConnection.to(server.port);
  await client.say("POST / HTTP/1.1\r\nHost: here\r\nContent-Length: 0\r\n\r\n");
  await client.hears("x".repeat(LENGTH));
  expect(answerBlocks.take(LENGTH).buffer).toBe(block.buffer);
});
