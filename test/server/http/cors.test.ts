import { expect, test } from "vitest";
import { aServer, text } from "../../support/a-server.ts";

const EXPOSED = "x-amzn-RequestId,x-amzn-ErrorType,x-amz-request-id,x-amz-id-2,x-amzn-ErrorMessage,Date";

function corsHeadersOf({ headers }: Response): Record<string, string> {
  return Object.fromEntries([...headers].filter(([name]) => name.startsWith("access-control-")));
}

test("a preflight is allowed whatever it asks for, without troubling the handler", async () => {
  const handled: string[] = [];
  await using server = await aServer({
    answer: ({ method }) => {
      handled.push(method);
      return {};
    },
  });
  const response = await fetch(`http://127.0.0.1:${server.port}/`, {
    method: "OPTIONS",
    headers: {
      Origin: "http://app.example",
      "Access-Control-Request-Headers": "x-amz-target,Content-Type",
      "Access-Control-Request-Method": "POST",
    },
  });
  expect(response.status).toBe(200);
  expect(corsHeadersOf(response)).toEqual({
    "access-control-allow-origin": "*",
    "access-control-allow-headers": "x-amz-target,Content-Type",
    "access-control-allow-methods": "POST",
    "access-control-max-age": "172800",
  });
  expect(response.headers.get("content-length")).toBe("0");
  expect(response.headers.get("x-amzn-requestid")).toMatch(/^[0-9a-f-]{36}$/);
  expect(handled).toEqual([]);
});

test("a preflight is told nothing it did not ask", async () => {
  await using server = await aServer();
  const headers = { Origin: "http://app.example" };
  const response = await fetch(`http://127.0.0.1:${server.port}/`, { method: "OPTIONS", headers });
  expect(corsHeadersOf(response)).toEqual({
    "access-control-allow-origin": "*",
    "access-control-max-age": "172800",
  });
});

test("OPTIONS without an Origin is a request like any other", async () => {
  await using server = await aServer();
  const response = await fetch(`http://127.0.0.1:${server.port}/a`, { method: "OPTIONS" });
  expect(await response.text()).toContain("OPTIONS");
  expect(corsHeadersOf(response)).toEqual({});
});

test.for([200, 400, 500])("an answer of %i to a web page may be read by it", async (status) => {
  await using server = await aServer({ answer: () => ({ response: text("", status) }) });
  const response = await fetch(`http://127.0.0.1:${server.port}/`, { headers: { Origin: "http://app.example" } });
  expect(corsHeadersOf(response)).toEqual({
    "access-control-allow-origin": "*",
    "access-control-expose-headers": EXPOSED,
  });
});

// A request without a body takes Node's server, one with a body the plain connection.
test.for([undefined, "a"])("the older name of an error may be read where an answer tells it", async (body) => {
  const response = { status: 400, headers: { "x-amzn-query-error": "a;Sender" }, body: "" };
  await using server = await aServer({ answer: () => ({ response }) });
  const headers = { Origin: "http://app.example" };
  const init = body === undefined ? { headers } : { method: "POST", headers, body };
  const { headers: answered } = await fetch(`http://127.0.0.1:${server.port}/`, init);
  expect(answered.get("access-control-expose-headers")).toBe(`${EXPOSED},x-amzn-query-error`);
});

test("the refusal of a large body may be read by a web page too", async () => {
  await using server = await aServer({ maxBodyBytes: 10 });
  const request = { method: "POST", headers: { Origin: "http://app.example" }, body: "x".repeat(11) };
  const response = await fetch(`http://127.0.0.1:${server.port}/`, request);
  expect(response.status).toBe(413);
  expect(response.headers.get("access-control-allow-origin")).toBe("*");
});

test("an answer to anybody else carries none of this", async () => {
  await using server = await aServer();
  const response = await fetch(`http://127.0.0.1:${server.port}/`);
  expect(response.status).toBe(200);
  expect(corsHeadersOf(response)).toEqual({});
});
