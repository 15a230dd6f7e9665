import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import { connect } from "node:http2";
import { get } from "node:https";
import { json } from "node:stream/consumers";
import { GetQueueAttributesCommand, ReceiveMessageCommand, SendMessageCommand } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { run } from "../../../src/app/cli.ts";
import { type EmulatorOptions, startEmulator } from "../../../src/app/emulator.ts";
import { createEmulator, type Emulator } from "../../../src/index.ts";
import { Interceptors } from "../../../src/server/intercept.ts";
import type { Logger } from "../../../src/server/log.ts";
import { hasPostgres, PostgresServer } from "../../support/postgres.ts";
import { clientsOf } from "../every-service.ts";

let server: PostgresServer;
beforeAll(async () => {
  if (hasPostgres) server = await PostgresServer.start();
});
afterAll(async () => {
  if (hasPostgres) await server[Symbol.asyncDispose]();
});

const ACCOUNT = "000000000000";
const MESSAGE = { QueueUrl: `http://localhost/${ACCOUNT}/jobs`, MessageBody: "kept" };
const sqsOf = (emulator: Emulator) => clientsOf(emulator, ACCOUNT).sqs;

/** Starts a server on a database that another one has, and waits until it stands by. */
async function standby(store: string, { until, ...options }: EmulatorOptions & { readonly until?: AbortSignal } = {}) {
  let heard: (port: number) => void = () => {};
  const stands = new Promise<number>((resolve) => {
    heard = resolve;
  });
  const logger: Logger = {
    isEnabled: () => true,
    log: (_level, fields, text) => {
      if (text.includes("stands by")) heard(Number((fields as { port?: number }).port));
    },
  };
  const taking = startEmulator({ store, logger, ...options }, until === undefined ? {} : { runsScriptsUntil: until });
  return { taking, port: await stands };
}

/** Runs the command line, and tells what it wrote and how it ended. */
async function started(...argv: readonly string[]) {
  let told = "";
  const spy = vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    told += text;
    return true;
  });
  onTestFinished(() => spy.mockRestore());
  return { exitCode: await run(["--port", "0", ...argv]), told };
}

describe.skipIf(!hasPostgres)("of two servers with one database", () => {
  test("the second stands by, says so to whoever asks, and takes over on its port what the first one kept", async () => {
    const store = await server.newDatabase();
    const first = await createEmulator({ store, queues: ["jobs"] });
    await sqsOf(first).send(new SendMessageCommand(MESSAGE));
    const { taking, port } = await standby(store);
    for (const path of ["_waystation/health", "?Action=ListQueues"]) {
      const answer = await fetch(`http://127.0.0.1:${port}/${path}`);
      expect([answer.status, await answer.json()]).toEqual([503, { status: "standby", version: expect.any(String) }]);
    }
    await first.close();
    await using second = await taking;
    expect(second.port).toBe(port);
    const { Messages } = await sqsOf(second).send(new ReceiveMessageCommand({ QueueUrl: MESSAGE.QueueUrl }));
    expect(Messages?.map(({ Body }) => Body)).toEqual(["kept"]);
  });

  test("the second ends when it is told to stop while it stands by, and lets go of its port", async () => {
    const store = await server.newDatabase();
    await using first = await createEmulator({ store });
    const stop = new AbortController();
    const { taking, port } = await standby(store, { until: stop.signal });
    stop.abort();
    await expect(taking).rejects.toMatchObject({ name: "StandbyOver" });
    await using other = await createEmulator({ port });
    expect(other.port).toBe(port);
    expect(first.port).not.toBe(port);
  });

  test("the second stands by on TLS and HTTP/2 as well where it is to serve on them", async () => {
    const store = await server.newDatabase();
    const first = await createEmulator({ store });
    const { taking, port } = await standby(store, { tls: "self-signed" });
    const told = { status: "standby", version: expect.any(String) };
    const options = { rejectUnauthorized: false, agent: false } as const;
    const overTls = await new Promise<IncomingMessage>((resolve, reject) => {
      get(`https://127.0.0.1:${port}/_waystation/health`, options, resolve).on("error", reject);
    });
    expect([overTls.statusCode, await json(overTls)]).toEqual([503, told]);
    const session = connect(`https://127.0.0.1:${port}`, options);
    const stream = session.request({ ":path": "/?Action=ListQueues" });
    const [headers] = await once(stream, "response");
    expect([headers[":status"], await json(stream)]).toEqual([503, told]);
    await first.close();
    await using second = await taking;
    expect(second.endpoint).toBe(`https://127.0.0.1:${port}`);
    session.close();
  });

  test("the first answers nothing any more once its network is gone and the second has taken over", async () => {
    const store = await server.newDatabase();
    await using network = await server.network();
    await using first = await createEmulator({ store: server.urlBy(network, store), queues: ["jobs"] });
    await sqsOf(first).send(new SendMessageCommand(MESSAGE));
    const { taking } = await standby(store);
    network.goOut();
    await using second = await taking;
    const health = await fetch(`${first.endpoint}/_waystation/health`);
    expect([health.status, await health.json()]).toEqual([
      503,
      expect.objectContaining({ message: expect.stringMatching(/^State cannot be kept: /) }),
    ]);
    const asked = sqsOf(first).send(new GetQueueAttributesCommand({ QueueUrl: MESSAGE.QueueUrl }));
    await expect(asked).rejects.toThrow(/^State cannot be kept: /);
    const { Messages } = await sqsOf(second).send(new ReceiveMessageCommand({ QueueUrl: MESSAGE.QueueUrl }));
    expect(Messages?.map(({ Body }) => Body)).toEqual(["kept"]);
  });

  test("the first owes all answers while the database takes its time, and keeps what came meanwhile at once", async () => {
    const store = await server.newDatabase();
    const interceptors = new Interceptors();
    await using first = await startEmulator({ store, queues: ["jobs"] }, { interceptors });
    const batches = () => server.ask<{ count: number }>(store, "SELECT count(*)::int FROM waystation.batch");
    const [before] = await batches();
    const held = await server.holdFacts(store);
    let [arrived, answered, allArrived]: [number, number, () => void] = [0, 0, () => {}];
    const all = new Promise<void>((resolve) => {
      allArrived = resolve;
    });
    interceptors.add((_interception, next) => {
      if (++arrived === 20) allArrived();
      return next();
    });
    const send = async () => {
      await sqsOf(first).send(new SendMessageCommand(MESSAGE));
      answered++;
    };
    const sending = Array.from({ length: 20 }, send);
    await all;
    await server.untilOneWaits(store);
    expect(answered).toBe(0);
    await held.release();
    await Promise.all(sending);
    const [after] = await batches();
    expect((after?.count ?? 0) - (before?.count ?? 0)).toBeLessThanOrEqual(3);
  });

  test("the first refuses everything once it is cut off and the second has taken over", async () => {
    const store = await server.newDatabase();
    await using first = await createEmulator({ store, queues: ["jobs"] });
    const { taking } = await standby(store);
    await server.hangUp(store);
    await using second = await taking;
    const url = { QueueUrl: MESSAGE.QueueUrl };
    for (const command of [new SendMessageCommand(MESSAGE), new GetQueueAttributesCommand(url)]) {
      await expect(sqsOf(first).send(command as SendMessageCommand)).rejects.toMatchObject({
        message: expect.stringMatching(
          /^State cannot be kept: another server has the database postgres:\/\/waystation@/,
        ),
      });
    }
    const health = await Promise.all([first, second].map(({ endpoint }) => fetch(`${endpoint}/_waystation/health`)));
    expect(health.map(({ status }) => status)).toEqual([503, 200]);
    expect(await health[0]?.json()).toMatchObject({
      status: "failing",
      message: expect.stringMatching(
        /^State cannot be kept: another server has .*; started again, this one stands by$/,
      ),
    });
    await sqsOf(second).send(new SendMessageCommand(MESSAGE));
    const { Messages } = await sqsOf(second).send(new ReceiveMessageCommand({ ...url, MaxNumberOfMessages: 10 }));
    expect(Messages).toHaveLength(1);
  });

  test("the first says by its health alone that it was cut off and somebody took over", async () => {
    const store = await server.newDatabase();
    await using first = await createEmulator({ store });
    const { taking } = await standby(store);
    await server.hangUp(store);
    await using _second = await taking;
    expect((await fetch(`${first.endpoint}/_waystation/health`)).status).toBe(503);
  });

  test("one that is cut off while nobody takes over connects again, and is well", async () => {
    const store = await server.newDatabase();
    await using first = await createEmulator({ store });
    await server.hangUp(store);
    expect((await fetch(`${first.endpoint}/_waystation/health`)).status).toBe(200);
  });
});

describe("a database", () => {
  test.skipIf(!hasPostgres)("is looked into while a server runs on it, and its password is not told", async () => {
    const store = await server.newDatabase();
    const said: string[] = [];
    const spy = vi.spyOn(process.stdout, "write").mockImplementation((text) => said.push(String(text)) > 0);
    onTestFinished(() => spy.mockRestore());
    const none = await run(["inspect", store]);
    await using first = await createEmulator({ store, queues: ["jobs"] });
    await sqsOf(first).send(new SendMessageCommand(MESSAGE));
    expect([none, await run(["inspect", store])]).toEqual([1, 0]);
    const text = said.join("");
    expect(text).toMatch(/^postgres:\/\/waystation@\S+: format 1, \d+ bytes, 1 resource\n/);
    expect(text).toMatch(/queue +1 +arn:aws:sqs:us-east-1:000000000000:jobs/);
    expect(text).not.toContain("hush");
  });

  test.skipIf(!hasPostgres)("that does not let us in ends the start with a line and no password", async () => {
    const { exitCode, told } = await started("--store", server.urlOf("postgres", "wr0ng"));
    expect([exitCode, told]).toEqual([
      1,
      expect.stringMatching(
        /^waystation: The database postgres:\/\/\S+ cannot be used: password authentication failed.*\n$/,
      ),
    ]);
    expect(told).not.toContain("wr0ng");
  });

  test("where nobody listens ends the start with a line and no password", async () => {
    expect(await started("--store", "postgres://me:hush@127.0.0.1:1/state")).toEqual({
      exitCode: 1,
      told: "waystation: The database postgres://me@127.0.0.1:1/state cannot be used: nobody listens there.\n",
    });
  });

  test("of another kind is refused, and its password not told", async () => {
    expect(await started("--store", "mysql://me:hush@127.0.0.1/state")).toEqual({
      exitCode: 2,
      told: "waystation: --store must be a URL such as postgres://user:password@host/database (see waystation --help)\n",
    });
  });

  test("is no place beside a folder", async () => {
    expect(await started("--store", "postgres://me@127.0.0.1/state", "--data-dir", "state")).toEqual({
      exitCode: 2,
      told: "waystation: --store cannot be combined with --data-dir (see waystation --help)\n",
    });
  });
});
