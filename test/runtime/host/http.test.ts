import { once } from "node:events";
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, test } from "vitest";
import type { Outcome } from "../../../src/runtime/runner.ts";
import { aDefinition, anInvocation, errorOf, HeardRunner } from "../../support/runtime.ts";

/** A server under whose URL a function is. */
async function serving(listener: RequestListener) {
  const server = createServer(listener);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/2015-03-31/functions/function/invocations`,
    server,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function outcomeOf(
  answer: (response: ServerResponse, request: IncomingMessage) => void,
  given = {},
): Promise<Outcome> {
  await using served = await serving(
    (request, response) => void request.resume().on("end", () => answer(response, request)),
  );
  await using heard = new HeardRunner();
  const invocation = anInvocation({ a: 1 }, { traceId: "Root=1", clientContext: "{}" });
  return await heard.invoke(aDefinition({ kind: "http", url: served.url }, given), invocation);
}

describe("a function under a URL", () => {
  test("is posted the event, and what it answers is the answer", async () => {
    let headers: IncomingMessage["headers"] = {};
    const outcome = await outcomeOf((response, request) => {
      headers = request.headers;
      response.end('{"b":2}');
    });
    expect(outcome).toEqual({ type: "answered", payload: '{"b":2}', log: "" });
    expect(headers).toMatchObject({
      "content-type": "application/json",
      "content-length": "7",
      "x-amz-invocation-type": "RequestResponse",
      "x-amzn-trace-id": "Root=1",
      "x-amz-client-context": "e30=",
      "x-waystation-delivery": "true",
    });
  });

  test.for([
    [
      "says so in the header",
      (r: ServerResponse): void => void r.setHeader("X-Amz-Function-Error", "Unhandled").end('{"x":1}'),
      { x: 1 },
    ],
    [
      "answers with the document of an error",
      (r: ServerResponse): void => void r.end('{"errorType":"E","errorMessage":"m"}'),
      { errorType: "E", errorMessage: "m" },
    ],
    [
      "says that it took too long",
      (r: ServerResponse): void => void r.end("Task timed out after 3.00 seconds"),
      { errorType: "Sandbox.Timedout", errorMessage: "Task timed out after 3.00 seconds" },
    ],
    [
      "answers with another status",
      (r: ServerResponse): void => void r.writeHead(500).end(),
      { errorMessage: "The function's URL answered with status 500" },
    ],
    ["hangs up", (r: ServerResponse): void => void r.destroy(), { errorMessage: "socket hang up" }],
    [
      "sends interim answers without end",
      (r: ServerResponse): void => {
        const goOn = (): void => {
          if (r.socket?.destroyed === false) r.socket.write("HTTP/1.1 102 Processing\r\n\r\n", goOn);
        };
        goOn();
      },
      { errorMessage: "More than 100 interim answers" },
    ],
    [
      "answers with too much",
      (r: ServerResponse): void => void r.end("x".repeat(6_291_557)),
      { errorType: "Function.ResponseSizeTooLarge" },
    ],
  ] as const)("fails when it %s", async ([, answer, document]) => {
    expect(errorOf(await outcomeOf(answer))).toMatchObject(document);
  });

  test("fails when it takes too long, and is stopped with the runner", async () => {
    expect(errorOf(await outcomeOf(() => {}, { timeoutMs: 20 }))).toMatchObject({ errorType: "Sandbox.Timedout" });
    await using served = await serving(() => void heard.runner.close());
    const heard = new HeardRunner();
    expect(await heard.invoke(aDefinition({ kind: "http", url: served.url }))).toEqual({ type: "stopped" });
  });

  test("is stopped when it is abandoned", async () => {
    await using heard = new HeardRunner();
    await using served = await serving(() => heard.runner.abandon(definition.arn));
    const definition = aDefinition({ kind: "http", url: served.url });
    expect(await heard.invoke(definition)).toEqual({ type: "stopped" });
  });

  test("is unreachable where nobody listens", async () => {
    const { url, server } = await serving(() => {});
    server.close();
    await once(server, "close");
    await using heard = new HeardRunner();
    const outcome = await heard.invoke(aDefinition({ kind: "http", url }));
    expect(outcome).toEqual({ type: "unreachable", reason: expect.stringContaining("ECONNREFUSED") });
  });
});
