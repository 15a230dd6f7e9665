import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  AddPermissionCommand,
  CreateAliasCommand,
  DeleteFunctionCommand,
  GetPolicyCommand,
  PublishVersionCommand,
  PutFunctionConcurrencyCommand,
  PutFunctionEventInvokeConfigCommand,
  UpdateFunctionCodeCommand,
} from "@aws-sdk/client-lambda";
import { describe, expect, onTestFinished, test } from "vitest";
import type { Emulator, EmulatorOptions } from "../../src/index.ts";
import { hasLmdb } from "../support/has-lmdb.ts";
import { f } from "../support/lambda.ts";
import { aLambdaServer, FunctionCaller } from "../support/lambda-server.ts";
import { zipOf } from "../support/zip.ts";

const OTHER = "111111111111";

const telling = (text: string) => `exports.handler = async () => ${JSON.stringify(text)};`;

async function aServer(options: EmulatorOptions = {}): Promise<Emulator> {
  const server = await aLambdaServer(options);
  onTestFinished(() => server.close());
  return server;
}

/** A function with two versions, an alias for the first, a policy, a configuration of its events and reserved concurrency. */
async function makeFunction(caller: FunctionCaller): Promise<void> {
  const { client } = caller;
  await caller.create(telling("one"), { Environment: { Variables: { TABLE: "orders" } } });
  await client.send(new PublishVersionCommand(f));
  await client.send(new CreateAliasCommand({ ...f, Name: "live", FunctionVersion: "1" }));
  const ZipFile = zipOf([{ name: "index.js", content: telling("two") }]);
  await client.send(new UpdateFunctionCodeCommand({ ...f, ZipFile }));
  const Principal = "sns.amazonaws.com";
  await client.send(new AddPermissionCommand({ ...f, StatementId: "sns", Action: "lambda:InvokeFunction", Principal }));
  await client.send(new PutFunctionEventInvokeConfigCommand({ ...f, MaximumRetryAttempts: 0 }));
  await client.send(new PutFunctionConcurrencyCommand({ ...f, ReservedConcurrentExecutions: 3 }));
}

/** What the function answers, by its latest code and by the alias. */
async function answersOf(caller: FunctionCaller): Promise<readonly unknown[]> {
  return [(await caller.invoke()).value, (await caller.invoke({}, { Qualifier: "live" })).value];
}

async function documentOf({ endpoint }: Emulator): Promise<string> {
  return (await fetch(`${endpoint}/_waystation/snapshots/document`)).text();
}

/** What a document says, but for when it was taken. */
function entriesOf(document: string): readonly string[] {
  return document.split("\n").slice(1);
}

async function post({ endpoint }: Emulator, path: string, body?: string): Promise<number> {
  return (await fetch(`${endpoint}/_waystation/${path}`, { method: "POST", ...(body !== undefined && { body }) }))
    .status;
}

describe("functions are part of the world", () => {
  test("a snapshot as a file holds them with their code, and brings them back elsewhere", async () => {
    const first = await aServer();
    await makeFunction(new FunctionCaller(first));
    const document = await documentOf(first);

    const second = await aServer();
    expect(await post(second, "snapshots/restore", document)).toBe(204);
    const caller = new FunctionCaller(second);
    expect(await answersOf(caller)).toEqual(["two", "one"]);
    expect((await caller.client.send(new GetPolicyCommand(f))).Policy).toContain("sns.amazonaws.com");
    expect(entriesOf(await documentOf(second))).toEqual(entriesOf(document));
  });

  test("a snapshot that is brought back is what there was, whatever was changed or deleted since", async () => {
    const server = await aServer();
    const caller = new FunctionCaller(server);
    await makeFunction(caller);
    await post(server, "snapshots?name=before");
    await caller.client.send(new DeleteFunctionCommand(f));
    await caller.create(telling("another"));
    expect((await caller.invoke()).value).toBe("another");
    expect(await post(server, "snapshots/restore?name=before")).toBe(204);
    expect(await answersOf(caller)).toEqual(["two", "one"]);
  });

  test("a fork has functions of its own: what becomes of the one is nothing to the other", async () => {
    const server = await aServer();
    const caller = new FunctionCaller(server);
    await makeFunction(caller);
    expect(await post(server, `fork?from=000000000000&to=${OTHER}`)).toBe(204);
    await caller.client.send(new DeleteFunctionCommand(f));
    expect(await answersOf(new FunctionCaller(server, OTHER))).toEqual(["two", "one"]);
  });

  test("code that is damaged is refused with a sentence", async () => {
    const server = await aServer();
    await makeFunction(new FunctionCaller(server));
    const document = (await documentOf(server)).replace('"kind":"archive"', '"kind":"tape"');
    const response = await fetch(`${server.endpoint}/_waystation/snapshots/restore`, {
      method: "POST",
      body: document,
    });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain("latest.code.kind is one of archive, directory, image");
  });

  test.skipIf(!hasLmdb())("they outlast the process where state does", async () => {
    const dataDir = mkdtempSync(join(tmpdir(), "waystation-functions-kept-"));
    onTestFinished(() => rmSync(dataDir, { recursive: true }));
    const first = await aLambdaServer({ dataDir });
    await makeFunction(new FunctionCaller(first));
    const document = await documentOf(first);
    await first.close();
    const second = await aLambdaServer({ dataDir });
    const caller = new FunctionCaller(second);
    expect(entriesOf(await documentOf(second))).toEqual(entriesOf(document));
    expect(await answersOf(caller)).toEqual(["two", "one"]);
    await caller.client.send(new DeleteFunctionCommand(f));
    await second.close();
    const third = await aLambdaServer({ dataDir });
    expect(await documentOf(third)).not.toContain("code");
    await third.close();
  });
});
