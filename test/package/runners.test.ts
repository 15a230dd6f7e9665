import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { PackedPackage } from "../support/packed-package.ts";

let packed: PackedPackage;
beforeAll(() => {
  packed = new PackedPackage({ types: false });
});
afterAll(() => packed[Symbol.dispose]());

const page = readFileSync(new URL("../../docs/test-runners.md", import.meta.url), "utf8");

/** The files that a section of docs/test-runners.md shows, by their names. */
function filesOf(title: string): Readonly<Record<string, string>> {
  const [section = ""] = page.split("\n## ").filter((part) => part.startsWith(title));
  const blocks = [...section.matchAll(/^```\w+ file=(\S+)\n([\s\S]*?)^```$/gm)];
  return Object.fromEntries(blocks.map(([, name, code]) => [name, code]));
}

const LISTS_QUEUES = `new SQSClient({}).send(new ListQueuesCommand({}))`;

describe("Vitest", () => {
  test("has one emulator for all test files with waystation/vitest", async () => {
    const project = packed.project("vitest", filesOf("I have Vitest"), "vitest");
    expect(await project.program("vitest/vitest.mjs", "run", "--testTimeout", "900000")).toContain("1 passed");
  });

  test("takes a globalSetup with options", async () => {
    const { "global-setup.ts": setup = "", "vitest.config.ts": config = "" } = filesOf("I have Vitest");
    const files = {
      "global-setup.ts": setup.replace("profile", 'account: "222222222222", profile'),
      "vitest.config.ts": config.replace("waystation/vitest", "./global-setup.ts"),
      "account.test.ts": `
        import { expect, test } from "vitest";
        test("the account", async () => {
          const url = process.env.AWS_ENDPOINT_URL + "/?Action=CreateQueue&QueueName=jobs";
          expect(await (await fetch(url)).text()).toContain("/222222222222/jobs");
        });`,
    };
    const project = packed.project("vitest-options", files, "vitest");
    expect(await project.program("vitest/vitest.mjs", "run", "--testTimeout", "900000")).toContain("1 passed");
  });
});

describe("Jest", () => {
  test("has an emulator for each test file with waystation/jest, without a flag", async () => {
    const files = {
      ...filesOf("I have Jest"),
      "empty.test.js": `
        const { ListQueuesCommand, SQSClient } = require("@aws-sdk/client-sqs");
        test("another file has another emulator", async () => {
          expect((await ${LISTS_QUEUES}).QueueUrls).toBeUndefined();
        });`,
    };
    const project = packed.project("jest", files, "jest", "jest-environment-node");
    expect(await project.program("jest/bin/jest.js", "--ci", "--runInBand")).toContain("2 passed");
  });

  test("takes the matchers of waystation/testing, and shows what they say", async () => {
    const files = {
      "jest.config.js": `module.exports = { testEnvironment: "waystation/jest" };`,
      "matchers.test.js": `
        const { CreateQueueCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } = require("@aws-sdk/client-sqs");
        const { connect, waystationMatchers } = require("waystation/testing");
        expect.extend(waystationMatchers);
        test("a message", async () => {
          const client = new SQSClient({});
          const { QueueUrl } = await client.send(new CreateQueueCommand({ QueueName: "jobs" }));
          const jobs = connect(process.env.AWS_ENDPOINT_URL).queue("jobs");
          await expect(jobs).toBeEmpty();
          await expect(jobs).not.toHaveMessage("paid", { within: "1m" });
          const waiting = expect(jobs).toHaveMessage({ order: 7 });
          await client.send(new SendMessageCommand({ QueueUrl, MessageBody: '{"order": 7}' }));
          await waiting;
          await expect(expect(jobs).toHaveMessage({ order: 8 }, { timeout: "0s" })).rejects.toThrow(
            'sent to jobs; 1 other did not match, with body {"order": 7}.',
          );
          await expect(expect(jobs).not.toHaveMessage({ order: 7 })).rejects.toThrow("and none was to be.");
          await client.send(new ReceiveMessageCommand({ QueueUrl }));
          await expect(jobs).toHaveReceived();
          await expect(expect({}).toBeEmpty()).rejects.toThrow();
        });`,
    };
    const project = packed.project("jest-matchers", files, "jest", "jest-environment-node");
    expect(await project.program("jest/bin/jest.js", "--ci", "--runInBand")).toContain("1 passed");
  });

  test("gives it the options of the environment", async () => {
    const files = {
      "jest.config.js": `module.exports = {
        testEnvironment: "waystation/jest",
        testEnvironmentOptions: { waystation: { region: "eu-west-1" } },
      };`,
      "region.test.js": `test("the region", () => expect(process.env.AWS_REGION).toBe("eu-west-1"));`,
    };
    const project = packed.project("jest-options", files, "jest", "jest-environment-node");
    expect(await project.program("jest/bin/jest.js", "--ci")).toContain("1 passed");
  });
});

describe("node:test", () => {
  test("has an emulator that each test finds empty with waystation/node-test", async () => {
    const { "orders.test.mjs": code = "" } = filesOf("I have node:test");
    const again = `
      import { ListQueuesCommand } from "@aws-sdk/client-sqs";
      test("the next test finds nothing", async () => {
        assert.equal((await ${LISTS_QUEUES}).QueueUrls, undefined);
      });`;
    const project = packed.project("node-test", { "orders.test.mjs": `${code}${again}` });
    expect(await project.node("--test")).toContain("# pass 2");
  });
});

test("the script of docs/test-runners.md runs as it stands", async () => {
  const project = packed.project("script", filesOf("I have another one"));
  expect(await project.node("script.mjs")).toBe("0\n");
});
