import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { run } from "../../../src/app/cli.ts";
import { createEmulator } from "../../../src/app/emulator.ts";
import { ACCOUNT, arnOf, BUCKET, control, fillEveryService } from "../every-service.ts";

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "waystation-inspect-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

async function inspect(...argv: readonly string[]) {
  const written = { stdout: "", stderr: "" };
  const spies = (["stdout", "stderr"] as const).map((stream) =>
    vi.spyOn(process[stream], "write").mockImplementation((text) => {
      written[stream] += text;
      return true;
    }),
  );
  const exitCode = await run(["inspect", ...argv]);
  for (const spy of spies) spy.mockRestore();
  return { exitCode, ...written };
}

/** The files that hold state, byte by byte. */
function filesIn(folder: string) {
  const names = readdirSync(folder).filter((name) => name.endsWith(".mdb"));
  return names.map((name) => [name, readFileSync(join(folder, name)).toString("base64")]);
}

async function aFilledFolder(): Promise<string> {
  const dataDir = aFolder();
  await using emulator = await createEmulator({ dataDir });
  emulator.clock(ACCOUNT).freeze();
  await fillEveryService(emulator);
  await control(emulator, "POST", `fork?from=${ACCOUNT}&to=222222222222`);
  await control(emulator, "POST", "reset?account=222222222222");
  return dataDir;
}

test("a folder shows its accounts and what is in them, and is not changed by that", async () => {
  const folder = await aFilledFolder();
  const before = filesIn(folder);
  const { exitCode, stdout, stderr } = await inspect(folder, "--json");
  expect([exitCode, stderr]).toEqual([0, ""]);
  const { format, bytes, writtenAt, accounts } = JSON.parse(stdout);
  expect([format, bytes > 0, writtenAt]).toEqual([2, true, expect.stringMatching(/^\d{4}-.*Z$/)]);
  expect(accounts.map(({ account }: { account: string }) => account)).toEqual([ACCOUNT]);
  const holds = new Map(
    accounts[0].resources.map((one: { arn: string; kind: string; holds: number }) => [
      one.arn,
      `${one.kind} ${one.holds}`,
    ]),
  );
  expect(holds.get(arnOf("sqs", "orders.fifo"))).toBe("queue 3");
  expect(holds.get(arnOf("sns", "news"))).toBe("topic 3");
  expect(holds.get(arnOf("kinesis", "stream/clicks"))).toBe("stream 3");
  expect(holds.get(`arn:aws:s3::${ACCOUNT}:${BUCKET}`)).toBe("bucket 3");
  expect([...holds.values()].filter((text) => text === "stack 0")).toHaveLength(2);
  expect(filesIn(folder)).toEqual(before);
});

test("a folder can be looked into while a server runs on it", async () => {
  const dataDir = aFolder();
  await using emulator = await createEmulator({ dataDir, queues: ["jobs"] });
  await fetch(`${emulator.endpoint}/000000000000/jobs?Action=SendMessage&MessageBody=hello`);
  const { exitCode, stdout } = await inspect(dataDir);
  expect(exitCode).toBe(0);
  expect(stdout).toContain("Account 000000000000, 0 deliveries to be made");
  expect(stdout).toMatch(/, 1 resource\n/);
  expect(stdout).toMatch(/queue +1 +arn:aws:sqs:us-east-1:000000000000:jobs/);
  await fetch(`${emulator.endpoint}/000000000000/jobs?Action=SendMessage&MessageBody=hello`);
  expect((await inspect(dataDir)).stdout).toMatch(/queue +2 /);
});

test("a folder without state, or with a damaged file, ends with 1 and one line", async () => {
  const empty = aFolder();
  const none = { exitCode: 1, stdout: "" };
  expect(await inspect(empty)).toEqual({
    ...none,
    stderr: `waystation: The folder ${empty} holds no state of Waystation's.\n`,
  });
  expect(await inspect("/nowhere")).toMatchObject({ ...none, stderr: expect.stringContaining("/nowhere") });
  const nothing = aFolder();
  await (await createEmulator({ dataDir: nothing })).close();
  expect((await inspect(nothing)).stdout).toMatch(/, 0 resources\n$/);
  const damaged = await aFilledFolder();
  truncateSync(join(damaged, "state-1.mdb"), 20_000);
  expect(await inspect(damaged)).toEqual({
    ...none,
    stderr: expect.stringMatching(/^waystation: The file .* is damaged: .*\n$/),
  });
});

test.for([
  [1, "1 delivery"],
  [2, "2 deliveries"],
] as const)("of %d messages that an endpoint has not taken it says so", async ([messages, text]) => {
  const dataDir = aFolder();
  await using emulator = await createEmulator({ dataDir });
  emulator.clock("000000000000").freeze();
  const sns = (parameters: object) =>
    fetch(`${emulator.endpoint}/?${new URLSearchParams({ Version: "2010-03-31", ...parameters })}`);
  const TopicArn = "arn:aws:sns:us-east-1:000000000000:news";
  await sns({ Action: "CreateTopic", Name: "news" });
  // A topic asks the endpoint to confirm, which nobody at that port does.
  for (let each = 0; each < messages; each++) {
    await sns({ Action: "Subscribe", TopicArn, Protocol: "http", Endpoint: `http://127.0.0.1:1/${each}` });
  }
  expect((await inspect(dataDir)).stdout).toContain(`Account 000000000000, ${text} to be made`);
});

test("inspect takes one folder", async () => {
  expect(await inspect()).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("inspect takes a folder") });
  expect(await inspect("a", "b")).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('"b" is more') });
  expect(await inspect("--jsn")).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("Unknown option") });
});
