import { once } from "node:events";
import { connect } from "node:http2";
import { connect as connectTo } from "node:net";
import { describe, expect, test } from "vitest";
import { startEmulator } from "../../../src/app/emulator.ts";
import type { HangUp } from "../../../src/server/call.ts";
import { type Interceptor, Interceptors } from "../../../src/server/intercept.ts";
import { httpReader } from "../../support/http-reader.ts";
import { RawConnection } from "../../support/raw-connection.ts";

/** A server that hangs up on every call, before its operation runs or after it. */
async function aServer(how: HangUp, when: "before" | "after") {
  const hangUp: Interceptor = (interception, next) => {
    interception.hangUp(how);
    return when === "before" ? undefined : next();
  };
  const interceptors = new Interceptors();
  const emulator = await startEmulator({ httpReader: httpReader() }, { interceptors, poisonsReusedMemory: true });
  const remove = interceptors.add(hangUp);
  /** The queues there are, once nobody hangs up any more. */
  const queues = async () => {
    remove();
    return (await fetch(`${emulator.endpoint}/?Action=ListQueues`)).text();
  };
  return { emulator, queues, [Symbol.asyncDispose]: () => emulator.close() };
}

const BODY = '{"QueueName":"jobs"}';
const REQUEST = [
  "POST / HTTP/1.1",
  "Host: localhost",
  "X-Amz-Target: AmazonSQS.CreateQueue",
  "Content-Type: application/x-amz-json-1.0",
  `Content-Length: ${BODY.length}`,
  "",
  BODY,
].join("\r\n");

describe("a connection that is to end", () => {
  test.for([
    ["before", false],
    ["after", true],
  ] as const)("unanswered, %s the operation, ends without a byte", async ([when, isDone]) => {
    await using server = await aServer("unanswered", when);
    using client = await RawConnection.to(server.emulator.port);
    await client.say(REQUEST);
    expect(await client.hearsToTheEnd()).toBe("");
    expect((await server.queues()).includes("/jobs")).toBe(isDone);
  });

  test("midway announces the whole answer and sends half of it", async () => {
    await using server = await aServer("midway", "after");
    using client = await RawConnection.to(server.emulator.port);
    await client.say(REQUEST);
    const [head = "", body = ""] = (await client.hearsToTheEnd()).split("\r\n\r\n");
    const announced = Number(/content-length: (\d+)/i.exec(head)?.[1]);
    expect(head).toContain("HTTP/1.1 200 OK");
    expect(body.length).toBe(announced >> 1);
    expect(body).toMatch(/^{"QueueUrl":"http/);
    expect(await server.queues()).toContain("/jobs");
  });

  test.for([
    ["unanswered", undefined],
    ["midway", 200],
  ] as const)("%s ends as a whole over HTTP/2", async ([how, status]) => {
    await using server = await aServer(how, "after");
    const client = connect(server.emulator.endpoint);
    client.on("error", () => {});
    const stream = client.request({
      ":method": "POST",
      "x-amz-target": "AmazonSQS.CreateQueue",
      "content-type": "application/x-amz-json-1.0",
    });
    let heard: unknown;
    let body = "";
    stream.on("response", (headers) => {
      heard = headers[":status"];
    });
    stream.on("data", (chunk) => {
      body += chunk;
    });
    stream.on("error", () => {});
    const ended = once(client, "close");
    stream.end(BODY);
    await ended;
    expect(heard).toBe(status);
    expect(body === "").toBe(status === undefined);
    expect(body).not.toContain("}");
    expect(await server.queues()).toContain("/jobs");
  });
});

describe("a client that resets the connection in the middle of an answer", () => {
  test("leaves the messages in it to others", async () => {
    await using emulator = await startEmulator({ httpReader: httpReader() }, {});
    const ask = async (operation: string, input: object) => {
      const headers = { "X-Amz-Target": `AmazonSQS.${operation}`, "Content-Type": "application/x-amz-json-1.0" };
      const response = await fetch(emulator.endpoint, { method: "POST", headers, body: JSON.stringify(input) });
      return response.json() as Promise<{ readonly Messages?: readonly object[] }>;
    };
    await ask("CreateQueue", { QueueName: "jobs" });
    const QueueUrl = `${emulator.endpoint}/000000000000/jobs`;
    const MessageBody = "x".repeat(1024 * 1024);
    const sends = Array.from({ length: 10 }, () => ask("SendMessage", { QueueUrl, MessageBody }));
    await Promise.all(sends);
    const body = JSON.stringify({ QueueUrl, MaxNumberOfMessages: 10 });
    const client = connectTo({ port: emulator.port, host: "127.0.0.1" });
    client.write(
      [
        "POST / HTTP/1.1",
        "Host: localhost",
        "X-Amz-Target: AmazonSQS.ReceiveMessage",
        "Content-Type: application/x-amz-json-1.0",
        `Content-Length: ${body.length}`,
        "",
        body,
      ].join("\r\n"),
    );
    await once(client, "readable");
    client.resetAndDestroy();
    const { Messages = [] } = await ask("ReceiveMessage", { QueueUrl, WaitTimeSeconds: 20 });
    expect(Messages.length).toBeGreaterThan(0);
  });
});
