import { expect, test } from "vitest";
import { createEmulator } from "../../src/app/emulator.ts";
import { httpReader } from "../support/http-reader.ts";

const PATH = "/2015-03-31/functions";
const QUERY = { Action: "ListStacks", Version: "2010-05-15" };

/** What a page of that origin is answered that asks Lambda for functions, makes one, lists stacks, and makes a queue; status and text. */
async function asPage(endpoint: string, headers: Readonly<Record<string, string>>) {
  const ask = async (path: string, init: RequestInit = {}) => {
    const response = await fetch(`${endpoint}${path}`, { ...init, headers: { ...headers, ...init.headers } });
    return { status: response.status, text: await response.text() };
  };
  const code = { ZipFile: "UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==" };
  const made = { FunctionName: "f", Role: "arn:aws:iam::000000000000:role/r", Code: code, Runtime: "nodejs22.x" };
  return {
    listed: await ask(`${PATH}/`),
    made: await ask(PATH, { method: "POST", body: JSON.stringify(made), headers: { "content-type": "text/plain" } }),
    stacks: await ask("/", { method: "POST", body: new URLSearchParams(QUERY) }),
    queue: await ask("/?Action=CreateQueue&QueueName=q"),
  };
}

test("a page of another site has no code run: neither by Lambda nor by CloudFormation, though it may send messages", async () => {
  await using server = await createEmulator({ httpReader: httpReader() });
  const { endpoint } = server;
  for (const origin of ["http://evil.example", "https://localhost.evil.example:4566", "null"]) {
    const { listed, made, stacks, queue } = await asPage(endpoint, { origin });
    expect([listed.status, made.status, stacks.status, queue.status], origin).toEqual([403, 403, 403, 200]);
    expect(JSON.parse(made.text)).toEqual({ message: expect.stringContaining("web pages of other sites") });
    expect(stacks.text).toContain("<Code>AccessDenied</Code>");
  }
});

test("a page of the developer's own has, and so has whoever is no page", async () => {
  await using server = await createEmulator({ httpReader: httpReader() });
  const { endpoint } = server;
  const origins = [
    endpoint,
    "http://localhost:3000",
    "https://app.localhost",
    "http://127.0.0.1:5173",
    "http://[::1]:80",
  ];
  for (const headers of [...origins.map((origin) => ({ origin })), {}]) {
    const { listed, made, stacks } = await asPage(endpoint, headers);
    expect([listed.status, stacks.status]).toEqual([200, 200]);
    expect(made.text).not.toContain("web pages");
  }
});
