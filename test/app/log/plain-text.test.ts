import { expect, test } from "vitest";
import { inPlainText, plainLine } from "../../../src/app/log/plain-text.ts";
import { parseIso8601 } from "../../../src/kernel/time/iso8601.ts";

const TIME = parseIso8601("2026-11-30T12:08:11.052Z")!;

const lineOf = (entry: object): string => plainLine(JSON.stringify({ level: "info", time: TIME, ...entry }));

test("a refused request is told in one line, what one looks for first", () => {
  const line = lineOf({
    service: "sqs",
    operation: "GetQueueUrl",
    resource: "jobs",
    account: "000000000000",
    region: "us-east-1",
    status: 400,
    errorCode: "QueueDoesNotExist",
    errorMessage: "The specified queue does not exist.",
    hint: "did you mean jobs2?",
    durationMs: 2,
    requestId: "1",
    msg: "request",
  });
  expect(line).toBe(
    "12:08:11.052 info  sqs GetQueueUrl jobs 400 QueueDoesNotExist: The specified queue does not exist. — did you mean jobs2? account=000000000000 region=us-east-1 durationMs=2 requestId=1\n",
  );
});

test("another line starts with its text", () => {
  expect(lineOf({ level: "warn", topic: "arn:t", attempt: 1, msg: "delivery dropped" })).toBe(
    "12:08:11.052 warn  delivery dropped topic=arn:t attempt=1\n",
  );
});

test("a failure of ours shows where it happened", () => {
  const err = { type: "Error", message: "out of ink", stack: "Error: out of ink\n    at write (pen.ts:1:1)" };
  expect(lineOf({ level: "error", err, msg: "internal failure" })).toBe(
    "12:08:11.052 error internal failure\nError: out of ink\n    at write (pen.ts:1:1)\n",
  );
});

test("nothing a caller sends moves the cursor or adds a line", () => {
  const line = lineOf({ operation: "\x1b[2J\nx", resource: "\u009b31m", errorMessage: "a\rb", msg: "request" });
  expect(line).toBe("12:08:11.052 info  \\x1b[2J\\x0ax \\x9b31m: a\\x0db\n");
});

test("lines are handed on one by one", () => {
  const written: string[] = [];
  inPlainText({ write: (line) => void written.push(line) }).write(`{"level":"info","time":${TIME},"msg":"hello"}\n`);
  expect(written).toEqual(["12:08:11.052 info  hello\n"]);
});
