import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ListQueuesCommand } from "@aws-sdk/client-sqs";
import { expect, onTestFinished, test, vi } from "vitest";
import { run } from "../../../src/app/cli.ts";
import { createEmulator } from "../../../src/index.ts";
import { clientsOf } from "../every-service.ts";

function aFolder(files: readonly string[] = []): string {
  const folder = mkdtempSync(join(tmpdir(), "waystation-data-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const name of files) writeFileSync(join(folder, name), "something");
  return folder;
}

/** Starts the command line with a folder that it cannot use, and tells what it wrote and how it ended. */
async function startIn(folder: string) {
  let told = "";
  const spy = vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    told += text;
    return true;
  });
  onTestFinished(() => spy.mockRestore());
  return { exitCode: await run(["--port", "0", "--data-dir", folder]), told };
}

test.for(["process", "full"] as const)(
  "with a folder and durability %s a restart finds what there was",
  async (durability) => {
    const dataDir = join(aFolder(), "made", "on", "the", "way");
    {
      await using emulator = await createEmulator({ dataDir, durability, queues: ["jobs"] });
      expect(emulator.endpoint).toMatch(/^http/);
    }
    await using again = await createEmulator({ dataDir });
    const { QueueUrls } = await clientsOf(again, "000000000000").sqs.send(new ListQueuesCommand({}));
    expect(QueueUrls).toEqual([`${again.endpoint}/000000000000/jobs`]);
  },
);

test("a template makes its stack once, and changes it when it is another one by the next start", async () => {
  const dataDir = aFolder();
  const template = join(aFolder(), "shop.json");
  const started = async (DelaySeconds: number) => {
    const Jobs = { Type: "AWS::SQS::Queue", Properties: { QueueName: "jobs", DelaySeconds } };
    writeFileSync(template, JSON.stringify({ Resources: { Jobs } }));
    await using emulator = await createEmulator({ dataDir, template });
    return (await emulator.account("000000000000").queues()).map(({ name, settings }) => [name, settings.delaySeconds]);
  };
  expect(await started(1)).toEqual([["jobs", 1]]);
  expect(await started(1)).toEqual([["jobs", 1]]);
  expect(await started(2)).toEqual([["jobs", 2]]);
});

test("a folder with something else in it is refused, and nothing is written there", async () => {
  const folder = aFolder(["letter.txt"]);
  expect(await startIn(folder)).toEqual({
    exitCode: 1,
    told: `waystation: The folder ${folder} holds letter.txt and no state of Waystation's: take one that is empty, or is not there yet.\n`,
  });
  expect(readdirSync(folder)).toEqual(["letter.txt"]);
});

test("a folder in which there is what file systems put there is as good as empty", async () => {
  await using emulator = await createEmulator({ dataDir: aFolder(["lost+found", ".DS_Store"]) });
  expect(emulator.port).toBeGreaterThan(0);
});

test("a file in the place of the folder is refused", async () => {
  const file = join(aFolder(["letter.txt"]), "letter.txt");
  expect(await startIn(file)).toEqual({
    exitCode: 1,
    told: `waystation: The folder ${file} cannot be used: it is no folder.\n`,
  });
});

test.skipIf(!existsSync("/proc/self"))("a folder where the system makes none is refused", async () => {
  expect(await startIn("/proc/waystation/state")).toEqual({
    exitCode: 1,
    told: "waystation: The folder /proc/waystation/state cannot be used: no folder can be made there.\n",
  });
});

test("a start that died before it had made a file is no harm", async () => {
  await using emulator = await createEmulator({ dataDir: aFolder(["state-1.mdb.begun", "state-1.mdb.begun-lock"]) });
  expect(emulator.port).toBeGreaterThan(0);
});

test.skipIf(process.getuid?.() === 0)("a folder in which this process may not write is refused", async () => {
  const folder = aFolder();
  chmodSync(folder, 0o500);
  expect(await startIn(folder)).toEqual({
    exitCode: 1,
    told: `waystation: The folder ${folder} cannot be used: this process may not write there.\n`,
  });
});

test("a folder that is in use is refused, by another server in the same process too", async () => {
  const dataDir = aFolder();
  await using emulator = await createEmulator({ dataDir });
  expect(emulator.port).toBeGreaterThan(0);
  const { exitCode, told } = await startIn(dataDir);
  expect([exitCode, told]).toEqual([1, expect.stringContaining(`waystation: The folder ${dataDir} is in use`)]);
  expect(told.split("\n")).toHaveLength(2);
});

test("a server that cannot listen lets go of its folder", async () => {
  const dataDir = aFolder();
  {
    await using other = await createEmulator();
    await expect(createEmulator({ dataDir, port: other.port })).rejects.toMatchObject({ code: "EADDRINUSE" });
  }
  await using emulator = await createEmulator({ dataDir });
  expect(emulator.port).toBeGreaterThan(0);
});
