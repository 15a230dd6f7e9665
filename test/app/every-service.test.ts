import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateQueueCommand, ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import { expect, test } from "vitest";
import { createEmulator, type Emulator, startEmulator } from "../../src/app/emulator.ts";
import { openLmdbStore } from "../../src/store/lmdb-store.ts";
import { ACCOUNT, BUCKET, clientsOf, control, fillEveryService, linesOf, wireOf } from "./every-service.ts";

class Folders implements Disposable {
  readonly state = mkdtempSync(join(tmpdir(), "waystation-state-"));
  readonly buckets = mkdtempSync(join(tmpdir(), "waystation-buckets-"));

  [Symbol.dispose](): void {
    for (const path of [this.state, this.buckets]) rmSync(path, { recursive: true });
  }
}

/** What is there in the end, however it came about, once everything went on for a day. */
async function goOn(emulator: Emulator): Promise<readonly string[]> {
  const { sqs } = clientsOf(emulator);
  emulator.clock(ACCOUNT).advance("1d");
  const { s3, json, cloudFormation } = wireOf(emulator);
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "jobs" }));
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
  const { Parameter } = await json("ssm", "AmazonSSM.GetParameter", { Name: "/shop/limit" });
  const name = "/cdk-bootstrap/hnb659fds/version";
  const { InvalidParameters } = await json("ssm", "AmazonSSM.GetParameters", { Names: [name] });
  await cloudFormation("ExecuteChangeSet", { StackName: "shop", ChangeSetName: "change" });
  return [
    Messages.map(({ Body = "" }) => Body)
      .sort()
      .join(),
    `${Parameter.Value} of version ${Parameter.Version}`,
    InvalidParameters[0],
    await s3("GET", `/${BUCKET}/one.json`),
    String((await s3("GET", `/${BUCKET}/large.bin`)).length),
    /<Value>(.*)<\/Value>/.exec(await cloudFormation("ListExports", {}))?.[1] ?? "",
    /<Description>(.*)<\/Description>/.exec(await cloudFormation("DescribeStacks", { StackName: "shop" }))?.[1] ?? "",
  ];
}

async function aWorld(emulator: Emulator): Promise<readonly string[]> {
  emulator.clock(ACCOUNT).freeze();
  await fillEveryService(emulator);
  return linesOf(emulator, ACCOUNT);
}

test("a snapshot restored into a fresh emulator has something of every service as it was, and goes on the same", async () => {
  using folders = new Folders();
  const options = { channelDir: folders.buckets };
  await using emulator = await createEmulator(options);
  const before = await aWorld(emulator);
  const text = await control(emulator, "GET", "snapshots/document?withSecrets=true");
  await using fresh = await createEmulator(options);
  await control(fresh, "POST", "snapshots/restore", text);
  expect(await linesOf(fresh, ACCOUNT)).toEqual(before);
  const end = await goOn(emulator);
  expect(end).toEqual([
    expect.stringContaining("dead 0,dead 1,dead 2,later"),
    "2 of version 2",
    "/cdk-bootstrap/hnb659fds/version",
    "{}",
    String(2 * 1024 * 1024),
    `arn:aws:sqs:us-east-1:${ACCOUNT}:from-a-stack`,
    "changed",
  ]);
  expect(await goOn(fresh)).toEqual(end);
});

test("what lasts of every service is there after a restart, and goes on the same", async () => {
  using folders = new Folders();
  const options = { channelDir: folders.buckets };
  const openStore = () => openLmdbStore(folders.state, "process");
  let before: readonly string[];
  let text: string;
  {
    await using emulator = await startEmulator(options, { openStore });
    before = (await aWorld(emulator)).filter((line) => !line.includes(":delivery-log"));
    text = await control(emulator, "GET", "snapshots/document?withSecrets=true");
  }
  await using again = await startEmulator(options, { openStore });
  expect(await linesOf(again, ACCOUNT)).toEqual(before);
  await using other = await createEmulator(options);
  await control(other, "POST", "snapshots/restore", text);
  expect(await goOn(again)).toEqual(await goOn(other));
});

test("what waits in a channel is put when it is due, once, whenever the process ended in between", async () => {
  using folders = new Folders();
  const options = { channelDir: folders.buckets };
  const openStore = () => openLmdbStore(folders.state, "process");
  const objects = () =>
    readdirSync(folders.buckets, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  {
    await using emulator = await startEmulator(options, { openStore });
    await aWorld(emulator);
  }
  expect(objects()).toEqual([]);
  for (const _ of [1, 2]) {
    await using emulator = await startEmulator(options, { openStore });
    emulator.clock(ACCOUNT).advance("1h");
  }
  const [object, ...others] = objects();
  expect(others).toEqual([]);
  const text = readFileSync(join(object?.parentPath ?? "", object?.name ?? ""), "utf8");
  expect(text.split("\n").sort()).toEqual(["", "click a", "click b", "click c"]);
});

test("a fork has something of every service, of buckets those whose names hold the account", async () => {
  const other = "222222222222";
  await using emulator = await createEmulator();
  await aWorld(emulator);
  await wireOf(emulator).s3("PUT", "/everybodys");
  const before = await linesOf(emulator, ACCOUNT);
  await control(emulator, "POST", `fork?from=${ACCOUNT}&to=${other}`);
  const forked = await linesOf(emulator, other);
  expect(forked).toHaveLength(before.length - 1);
  expect(forked.filter((line) => line.includes(":s3:")).length).toBeGreaterThan(5);
  const stacks = forked.filter((line) => line.includes('"stackKept"'));
  expect(stacks).toHaveLength(2);
  expect(stacks.join("")).not.toContain(`:${ACCOUNT}:`);
});
