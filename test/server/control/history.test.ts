import { describe, expect, test } from "vitest";
import type { EmulatorOptions } from "../../../src/index.ts";
import { anEmulator } from "../../support/emulator.ts";

const OTHER_ACCOUNT = "111111111111";

interface Page {
  readonly isRecording: boolean;
  readonly keepsInputs?: boolean;
  readonly note?: string;
  readonly next?: string;
  readonly message?: string;
  readonly steps: readonly { readonly sequence: number; readonly kind: string; readonly messageId?: string }[];
  readonly calls: readonly {
    readonly operation: string;
    readonly resource?: string;
    readonly outcome: string;
    readonly account: string;
    readonly input?: object;
  }[];
}

async function aServer(options: EmulatorOptions = {}) {
  const emulator = await anEmulator(options);
  const call = async (operation: string, input: object, account = "000000000000") => {
    const response = await fetch(emulator.endpoint, {
      method: "POST",
      headers: {
        "content-type": "application/x-amz-json-1.0",
        "x-amz-target": `AmazonSQS.${operation}`,
        authorization: `AWS4-HMAC-SHA256 Credential=${account}/20260101/us-east-1/sqs/aws4_request, SignedHeaders=host, Signature=0`,
      },
      body: JSON.stringify(input),
    });
    return (await response.json().catch(() => ({}))) as {
      readonly QueueUrl: string;
      readonly MessageId: string;
      readonly Messages?: readonly { readonly ReceiptHandle: string }[];
    };
  };
  const ask = async (path: string, body?: object) => {
    const url = `${emulator.endpoint}/_waystation/${path}`;
    const response = await fetch(url, body && { method: "POST", body: JSON.stringify(body) });
    return { status: response.status, ...((await response.json()) as Page) };
  };
  const kinds = async (query = "") => (await ask(`history${query}`)).steps.map(({ kind }) => kind);
  return { emulator, call, ask, kinds, [Symbol.asyncDispose]: () => emulator.close() };
}

describe("GET history", () => {
  test("tells the life of a message step by step, and what was done", async () => {
    await using server = await aServer();
    const { QueueUrl } = await server.call("CreateQueue", { QueueName: "jobs" });
    const { MessageId } = await server.call("SendMessage", { QueueUrl, MessageBody: "a secret" });
    await server.call("SendMessage", { QueueUrl, MessageBody: "another" });
    const { Messages = [] } = await server.call("ReceiveMessage", { QueueUrl });
    await server.call("DeleteMessage", { QueueUrl, ReceiptHandle: Messages[0]?.ReceiptHandle });
    const { steps, isRecording, note } = await server.ask(`history?message=${MessageId}`);
    expect({ isRecording, note }).toEqual({ isRecording: true, note: undefined });
    expect(steps.map(({ kind }) => kind)).toEqual(["sent", "received", "deleted"]);
    expect(steps[0]).toEqual({
      sequence: expect.any(Number),
      at: expect.stringMatching(/^\d{4}-.*\.\d{3}Z$/),
      account: "000000000000",
      region: "us-east-1",
      service: "sqs",
      resource: "arn:aws:sqs:us-east-1:000000000000:jobs",
      kind: "sent",
      messageId: MessageId,
      text: `Message ${MessageId} was sent to jobs.`,
    });
    expect(JSON.stringify(await server.ask("history"))).not.toContain("a secret");
  });

  test("shows what meets all conditions, a page at a time", async () => {
    await using server = await aServer();
    const { QueueUrl } = await server.call("CreateQueue", { QueueName: "jobs" });
    await server.call("CreateQueue", { QueueName: "others" });
    const other = await server.call("CreateQueue", { QueueName: "jobs" }, OTHER_ACCOUNT);
    await server.emulator.clock().advance("1m");
    for (const MessageBody of ["a", "b", "c"]) await server.call("SendMessage", { QueueUrl, MessageBody });
    await server.call("SendMessage", { QueueUrl: other.QueueUrl, MessageBody: "x" }, OTHER_ACCOUNT);
    expect(await server.kinds("?resource=jobs")).toEqual(["created", "created", "sent", "sent", "sent", "sent"]);
    expect(await server.kinds(`?resource=${encodeURIComponent(QueueUrl)}`)).toEqual([
      "created",
      "sent",
      "sent",
      "sent",
    ]);
    expect(await server.kinds(`?resource=jobs&account=${OTHER_ACCOUNT}`)).toEqual(["created", "sent"]);
    expect(await server.kinds("?kind=created&resource=arn:aws:sqs:us-east-1:000000000000:others")).toEqual(["created"]);
    const since = encodeURIComponent(((await server.ask("clock")) as unknown as { time: string }).time);
    expect(await server.kinds(`?account=000000000000&since=${since}`)).toEqual(["sent", "sent", "sent"]);
    const sequences: number[] = [];
    let pages = 0;
    for (let next: string | undefined = ""; next !== undefined; pages++) {
      const page: Page = await server.ask(`history?account=000000000000&limit=2${next && `&next=${next}`}`);
      sequences.push(...page.steps.map(({ sequence }) => sequence));
      next = page.next;
    }
    expect({ pages, sequences }).toEqual({ pages: 3, sequences: [1, 2, 4, 5, 6] });
  });

  test.for([
    ["history?kind=send", 400, 'There is no kind "send" of steps; did you mean sent?'],
    ["history?next=xyz", 400, "What goes on with an answer is its `next`, as it stands there."],
    ["history?since=yesterday", 400, "since is an instant such as 2026-01-01T00:00:00Z."],
    ["history?limit=0", 400, "The limit is a whole number from 1 to 1000."],
    ["history?mesage=x", 400, 'There is no parameter "mesage" here; did you mean message?'],
    ["calls?outcom=OK", 400, 'There is no parameter "outcom" here; did you mean outcome?'],
    ["calls?since=1", 400, "since is an instant such as 2026-01-01T00:00:00Z."],
  ] as const)("refuses %s", async ([path, status, message]) => {
    await using server = await aServer();
    expect(await server.ask(path)).toEqual({ status, message });
  });

  test("forgets an account with it", async () => {
    await using server = await aServer();
    await server.call("CreateQueue", { QueueName: "jobs" });
    await server.call("CreateQueue", { QueueName: "jobs" }, OTHER_ACCOUNT);
    server.emulator.reset("000000000000");
    expect(await server.kinds()).toEqual(["created"]);
    const { calls } = await server.ask("calls");
    expect(calls.map(({ account }) => account)).toEqual([OTHER_ACCOUNT]);
  });
});

describe("GET calls", () => {
  test.for([
    {
      what: "an action that SQS does not have",
      headers: { "content-type": "application/x-amz-json-1.0", "x-amz-target": "AmazonSQS.SendMesage" },
      body: "{}",
      call: { service: "sqs", operation: "SendMesage", outcome: "UnknownOperationException" },
    },
    {
      what: "a body that is no JSON",
      headers: { "content-type": "application/x-amz-json-1.0", "x-amz-target": "AmazonSQS.SendMessage" },
      body: "{",
      call: { service: "sqs", operation: "SendMessage", outcome: "SerializationException" },
    },
    {
      what: "an action of the Query protocol that nobody has",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: `Action=${"A".repeat(1000)}`,
      call: { operation: "A".repeat(256) },
    },
    {
      what: "a service that is not served",
      headers: { "content-type": "application/x-amz-json-1.0", "x-amz-target": "DynamoDB_20120810.ListTables" },
      body: "{}",
      call: { service: "dynamodb", operation: "ListTables" },
    },
    {
      what: "a target that nobody knows",
      headers: { "content-type": "application/x-amz-json-1.0", "x-amz-target": "Nothing" },
      body: "{}",
      call: { operation: "Nothing", outcome: "UnknownOperationException" },
    },
  ])("lists $what with what is known", async ({ headers, body, call }) => {
    await using server = await aServer();
    await server.call("ListQueues", {}); // so that the operation's file is not the first
    const response = await fetch(server.emulator.endpoint, { method: "POST", headers, body });
    await response.text();
    expect(response.status).toBeGreaterThanOrEqual(400);
    const { calls } = await server.ask("calls");
    expect(calls).toHaveLength(2);
    expect(calls[1]).toMatchObject({ account: "000000000000", region: "us-east-1", durationMs: 0, ...call });
    await server.ask("history", { recording: false });
    await server.ask("history", { recording: true });
    await server.call("ListQueues", {});
    expect((await server.ask("calls")).calls.map(({ operation }) => operation)).toEqual(["ListQueues"]);
  });
});

describe("POST history", () => {
  test("begins to record, and ends it", async () => {
    await using server = await aServer({ history: "off" });
    const { QueueUrl } = await server.call("CreateQueue", { QueueName: "jobs" });
    const note = "history is off: start with --history on, or POST /_waystation/history";
    expect(await server.ask("history")).toEqual({ status: 200, isRecording: false, note, steps: [] });
    expect(await server.ask("calls")).toEqual({ status: 200, isRecording: false, keepsInputs: false, note, calls: [] });
    expect(await server.ask("history", { recording: true })).toEqual({
      status: 200,
      isRecording: true,
      keepsInputs: false,
    });
    expect(await server.ask("history", { recording: true })).toEqual({
      status: 200,
      isRecording: true,
      keepsInputs: false,
    });
    await server.call("SendMessage", { QueueUrl, MessageBody: "a" });
    expect(await server.kinds()).toEqual(["sent"]);
    expect((await server.ask("calls")).calls.map(({ operation }) => operation)).toEqual(["SendMessage"]);
    expect(await server.ask("history", { recording: false })).toEqual({
      status: 200,
      isRecording: false,
      keepsInputs: false,
    });
    await server.call("SendMessage", { QueueUrl, MessageBody: "a" });
    expect(await server.ask("calls")).toEqual({ status: 200, isRecording: false, keepsInputs: false, note, calls: [] });
  });

  test.for([
    [{}, "recording is true or false."],
    [{ recording: "yes" }, "recording is true or false."],
    [{ recording: 1 }, "recording is true or false."],
    [{ recording: true, inputs: 1 }, "inputs is true to keep what is sent as well, or false; as it was unless given."],
    [{ recordin: true }, 'There is no parameter "recordin" here; did you mean recording?'],
  ] as const)("refuses %j", async ([body, message]) => {
    await using server = await aServer({ history: "off" });
    expect(await server.ask("history", body)).toEqual({ status: 400, message });
    expect((await server.ask("history")).isRecording).toBe(false);
  });

  test("takes its parameter in the query string, too", async () => {
    await using server = await aServer({ history: "off" });
    expect(await server.ask("history?recording=true", {})).toMatchObject({ isRecording: true });
    expect(await server.ask("history?recording=TRUE", {})).toMatchObject({ status: 400 });
  });
});

describe("GET calls", () => {
  test("lists calls with what became of them, and nothing of what was said", async () => {
    await using server = await aServer();
    const { QueueUrl } = await server.call("CreateQueue", { QueueName: "jobs" });
    await server.call("SendMessage", { QueueUrl, MessageBody: "a secret" });
    await server.call("SendMessage", { QueueUrl: `${QueueUrl}-not`, MessageBody: "a secret" });
    const { calls } = await server.ask("calls?operation=SendMessage");
    expect(calls).toEqual([
      {
        at: expect.stringMatching(/Z$/),
        account: "000000000000",
        region: "us-east-1",
        service: "sqs",
        operation: "SendMessage",
        resource: QueueUrl,
        outcome: "OK",
        durationMs: expect.any(Number),
        requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      },
      expect.objectContaining({ outcome: "QueueDoesNotExist", resource: `${QueueUrl}-not` }),
    ]);
    expect(JSON.stringify(calls)).not.toContain("secret");
    const failed = await server.ask("calls?outcome=QueueDoesNotExist&service=sqs");
    expect(failed.calls.map(({ operation }) => operation)).toEqual(["SendMessage"]);
    expect((await server.ask("calls?resource=jobs")).calls.map(({ operation }) => operation)).toEqual([
      "CreateQueue",
      "SendMessage",
    ]);
    expect((await server.ask("calls?service=sns")).calls).toEqual([]);
  });

  test("lists the newest first where that is wanted, a page at a time", async () => {
    await using server = await aServer();
    for (const QueueName of ["a", "b", "c", "d"]) await server.call("CreateQueue", { QueueName });
    const pages: (string | undefined)[][] = [];
    for (let next: string | undefined = ""; next !== undefined; ) {
      const page: Page = await server.ask(`calls?newest=true&limit=3${next && `&next=${next}`}`);
      pages.push(page.calls.map(({ resource }) => resource));
      await server.call("CreateQueue", { QueueName: "later" });
      next = page.next;
    }
    expect(pages).toEqual([["d", "c", "b"], ["a"]]);
  });

  test("tells what was sent once that is kept", async () => {
    await using server = await aServer();
    const inputs = async () => (await server.ask("calls")).calls.map(({ input }) => input);
    const { QueueUrl } = await server.call("CreateQueue", { QueueName: "jobs" });
    const kept = await server.ask("history", { recording: true, inputs: true });
    expect(kept).toEqual({ status: 200, isRecording: true, keepsInputs: true });
    const BinaryValue = Buffer.from("bytes").toString("base64");
    const MessageAttributes = { a: { DataType: "Binary", BinaryValue } };
    await server.call("SendMessage", { QueueUrl, MessageBody: "first", DelaySeconds: 3, MessageAttributes });
    await server.call("SendMessage", { QueueUrl, MessageBody: "second", MessageAttributes: {} });
    await server.call("SendMessage", { QueueUrl, MessageBody: "x".repeat(70_000) });
    expect(await inputs()).toEqual([
      undefined,
      { QueueUrl, MessageBody: "first", DelaySeconds: 3, MessageAttributes },
      { QueueUrl, MessageBody: "second", MessageAttributes: {} },
      undefined,
    ]);
    await server.ask("history", { recording: true });
    expect((await server.ask("calls")).keepsInputs).toBe(true);
    await server.ask("history", { recording: true, inputs: false });
    await server.call("SendMessage", { QueueUrl, MessageBody: "third" });
    expect((await inputs()).at(-1)).toBeUndefined();
    await server.ask("history", { recording: true, inputs: true });
    await server.ask("history", { recording: false });
    expect(await server.ask("history", { recording: true })).toMatchObject({ keepsInputs: false });
  });

  test("notes one that waits once it is answered", async () => {
    await using server = await aServer();
    const { QueueUrl } = await server.call("CreateQueue", { QueueName: "jobs" });
    const waiting = server.call("ReceiveMessage", { QueueUrl, WaitTimeSeconds: 20 });
    await server.call("SendMessage", { QueueUrl, MessageBody: "a" });
    await waiting;
    const { calls } = await server.ask("calls?operation=ReceiveMessage");
    expect(calls.map(({ outcome }) => outcome)).toEqual(["OK"]);
  });
});
