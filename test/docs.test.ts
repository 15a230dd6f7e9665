import { execFile, execFileSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createEmulator } from "../src/index.ts";
import { BuiltCli } from "./support/built-cli.ts";

const execFileAsync = promisify(execFile);

let cli: BuiltCli;
beforeAll(() => {
  cli = new BuiltCli();
});
afterAll(() => cli[Symbol.dispose]());

const read = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), "utf8");

/** The code blocks of a page that are in that language. */
function blocksOf(path: string, language: string): readonly string[] {
  return [...read(path).matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)]
    .filter(([, found]) => found === language)
    .map(([, , code]) => code!);
}

/** Whether a program is on this machine. */
function has(program: string): boolean {
  try {
    execFileSync("sh", ["-c", `command -v ${program}`]);
    return true;
  } catch {
    return false;
  }
}

/** Version 1 of the CLI does not read the variable. */
const AWS_OF_ANY_VERSION = 'aws() { command aws --endpoint-url "$AWS_ENDPOINT_URL" "$@"; }';

/** What a shell says that runs the script with the variables of a client of that server. */
async function inShell(script: string, endpoint: string): Promise<string> {
  const env = {
    ...process.env,
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_DEFAULT_REGION: "us-east-1",
    AWS_REGION: "us-east-1",
  };
  const commands = `${AWS_OF_ANY_VERSION}\n${script.replaceAll("http://127.0.0.1:4566", endpoint)}`;
  const { stdout } = await execFileAsync("sh", ["-ec", commands], { env });
  return stdout;
}

describe("the code of README.md runs as it stands", () => {
  test("in Node", async () => {
    const [code = "", ...more] = blocksOf("README.md", "js");
    expect(more).toEqual([]);
    expect(await cli.runModule(code)).toBe("hello\n");
  });

  const curl = blocksOf("README.md", "sh").find((code) => code.startsWith("curl ")) ?? "";
  test.skipIf(!has("curl"))("in a shell with curl", async () => {
    await using emulator = await createEmulator();
    expect(await inShell(curl, emulator.endpoint)).toContain("<Body>hello</Body>");
  });

  const aws = blocksOf("README.md", "sh").find((code) => code.includes("aws sqs create-queue")) ?? "";
  test.skipIf(!has("aws"))("in a shell with the AWS CLI", async () => {
    await using emulator = await createEmulator();
    expect(await inShell(aws, emulator.endpoint)).toContain('"Body": "hello"');
  });
});

test("the code of docs/junit.md is a test that Maven runs", () => {
  expect(blocksOf("docs/junit.md", "java")).toEqual([read("clients/java/src/test/java/OrdersTest.java")]);
});

test("the commands of docs/command-line.md run as they stand", async () => {
  await using emulator = await createEmulator();
  await fetch(`${emulator.endpoint}/?Action=CreateQueue&QueueName=orders`);
  const [script = "", ...more] = blocksOf("docs/command-line.md", "sh");
  expect(more).toEqual([]);
  const said = await inShell(`waystation() { ${cli.shellCommand} "$@"; }\n${script}`, emulator.endpoint);
  expect(said).toContain("Visible in orders since");
  expect(said).toContain('{"waystation":1');
});

describe("the code of docs/testing.md runs as it stands", () => {
  test("with Vitest", async () => {
    const blocks = blocksOf("docs/testing.md", "ts");
    expect(blocks).toHaveLength(1);
    await cli.runTests(blocks[0]!);
  });

  test("beside an emulator", async () => {
    const blocks = blocksOf("docs/testing.md", "js");
    expect(blocks.length).toBeGreaterThan(1);
    const start = 'import { createEmulator } from "waystation"; const emulator = await createEmulator();';
    for (const code of blocks) expect(await cli.runModule(`${start}\n${code}\nawait emulator.close();`)).toBe("");
  });
});

test("the code of docs/looking-inside.md runs as it stands", async () => {
  const blocks = blocksOf("docs/looking-inside.md", "js");
  expect(blocks).toHaveLength(2);
  const start = 'import { createEmulator } from "waystation"; const emulator = await createEmulator();';
  for (const code of blocks) expect(await cli.runModule(`${start}\n${code}\nawait emulator.close();`)).toBe("");
});

test.for(["docs/waiting.md", "docs/explain.md"])("the code of %s runs as it stands", async (path) => {
  const blocks = blocksOf(path, "js");
  expect(blocks.length).toBeGreaterThan(0);
  const start = 'import { createEmulator } from "waystation"; const emulator = await createEmulator();';
  for (const code of blocks) expect(await cli.runModule(`${start}\n${code}\nawait emulator.close();`)).toBe("");
});

test("the code of docs/durability.md runs as it stands", async () => {
  const [code = "", ...more] = blocksOf("docs/durability.md", "js");
  expect(more).toEqual([]);
  const end = 'import { rmSync } from "node:fs"; rmSync(dataDir, { recursive: true });';
  expect(await cli.runModule(`${code}\n${end}`)).toBe("true\n");
});

test("sns-validator accepts messages as docs/delivery.md says", async () => {
  const [code = ""] = blocksOf("docs/delivery.md", "js");
  const port = await aFreePort();
  const start = `
    import { createEmulator } from "waystation";
    const emulator = await createEmulator({ port: ${port}, tls: "self-signed", snsUrl: "https://localhost:${port}" });
    const ask = async (query, path = "/") =>
      (await (await fetch("http://127.0.0.1:${port}" + path + "?" + new URLSearchParams(query))).text());
    await ask({ Action: "CreateQueue", QueueName: "jobs" });
    await ask({ Action: "CreateTopic", Name: "orders" });
    const TopicArn = "arn:aws:sns:us-east-1:000000000000:orders";
    await ask({ Action: "Subscribe", TopicArn, Protocol: "sqs", Endpoint: "arn:aws:sqs:us-east-1:000000000000:jobs" });
    await ask({ Action: "Publish", TopicArn, Message: "hello" });
    const received = await ask({ Action: "ReceiveMessage" }, "/000000000000/jobs");
    const message = JSON.parse(new RegExp("<Body>(.*?)</Body>", "s").exec(received)[1].replaceAll("&quot;", '"').replaceAll("&amp;", "&"));
    const { log } = console;
    console.log = (text) => { log(text); emulator.close(); };
  `;
  expect(await cli.runModule(`${start}${code.replaceAll("4566", String(port))}`)).toBe("signed by the emulator\n");
});

/** The script that a service of docker/compose.yaml runs. */
function composeScript(service: string): string {
  const [, script = ""] =
    new RegExp(`\n  ${service}:[\\s\\S]*?command:\n      - \\|\n((?: {8}.*\n)+)`).exec(read("docker/compose.yaml")) ??
    [];
  return script.replaceAll(/^ {8}/gm, "");
}

test.skipIf(!has("aws"))("the seed of docker/compose.yaml can run again", async () => {
  await using emulator = await createEmulator();
  const script = composeScript("seed");
  await inShell(script, emulator.endpoint);
  await inShell(script, emulator.endpoint);
  const streams = await inShell("aws kinesis list-streams", emulator.endpoint);
  expect(JSON.parse(streams)).toMatchObject({ StreamNames: ["clicks"] });
});

describe("the container's health check", () => {
  const [, options = "", command = ""] =
    /^HEALTHCHECK ((?:--\S+ )+)CMD ([\s\S]*?[^\\])\n/m.exec(read("Dockerfile")) ?? [];

  test("has no option that Buildah and Docker before 25 do not know", () => {
    const known = ["--interval", "--retries", "--start-period", "--timeout"];
    expect(
      options
        .trim()
        .split(" ")
        .map((option) => option.split("=")[0]),
    ).toEqual(expect.arrayContaining(known));
    expect(options).not.toContain("--start-interval");
  });

  test.skipIf(!has("wget"))("tells a server that runs from one that does not", async () => {
    await using emulator = await createEmulator();
    const check = (port: number) => inShell(`WAYSTATION_PORT=${port}; ${command.replaceAll("\\\n", "")}`, "");
    expect(await check(emulator.port)).toBe("");
    await expect(check(await aFreePort())).rejects.toThrow();
  });
});

async function aFreePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  return typeof address === "object" && address !== null ? address.port : 0;
}
