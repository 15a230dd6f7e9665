import { execFile } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { BuiltCli } from "../support/built-cli.ts";

interface Step {
  readonly name: string;
  readonly uses?: string;
  readonly shell?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
}

interface Action {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
const text = read("action.yml");
const action: Action = parse(text);
const page = read("docs/github-actions.md");

let cli: BuiltCli;
beforeAll(() => {
  cli = new BuiltCli();
});
afterAll(() => cli[Symbol.dispose]());

/** A runner of GitHub's with our command installed, and an npm that only says what it is asked for. */
class Runner implements Disposable {
  readonly #folder = mkdtempSync(join(tmpdir(), "runner-"));

  constructor() {
    this.#script("waystation/node_modules/.bin/waystation", `exec ${cli.shellCommand} "$@"`);
    this.#script("bin/npm", `printf '%s\\n' "$@"`);
    for (const name of ["env", "output"]) writeFileSync(join(this.#folder, name), "");
  }

  #script(path: string, body: string): void {
    const file = join(this.#folder, path);
    mkdirSync(join(file, ".."), { recursive: true });
    writeFileSync(file, `#!/bin/sh\n${body}\n`);
    chmodSync(file, 0o755);
  }

  /** Runs a step as the runner does. */
  async run(name: string, inputs: Readonly<Record<string, string>> = {}): Promise<string> {
    const step = action.runs.steps.find((each) => each.name === name);
    const given = (input: string): string => inputs[input] ?? action.inputs[input]?.default ?? "";
    const filled = (value: string): string =>
      value.replace(/\$\{\{ inputs\.([\w-]+) \}\}/g, (_, input) => given(input));
    const env = Object.fromEntries(Object.entries(step?.env ?? {}).map(([key, value]) => [key, filled(value)]));
    const place = { RUNNER_TEMP: this.#folder, GITHUB_ENV: this.file("env"), GITHUB_OUTPUT: this.file("output") };
    const options = { env: { PATH: `${this.file("bin")}:${process.env.PATH}`, ...place, ...env } };
    return (await promisify(execFile)("bash", ["-eo", "pipefail", "-c", step?.run ?? ""], options)).stdout;
  }

  file(name: string): string {
    return join(this.#folder, name);
  }

  /** What was written there, by name. */
  variables(name: "env" | "output"): Readonly<Record<string, string>> {
    const lines = readFileSync(this.file(name), "utf8").trim().split("\n");
    return Object.fromEntries(lines.map((line) => [line.split("=")[0], line.slice(line.indexOf("=") + 1)]));
  }

  [Symbol.dispose](): void {
    try {
      process.kill(Number(readFileSync(this.file("waystation/pid"), "utf8")));
    } catch {
      // It never started, or has ended.
    }
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

describe("action.yml", () => {
  test("is a composite action whose shells are named and whose inputs are declared and used", () => {
    expect(action.runs.using).toBe("composite");
    for (const step of action.runs.steps) expect(step.uses ?? step.shell, step.name).toBeDefined();
    const used = [...text.matchAll(/inputs\.([\w-]+)/g)].map(([, name]) => name);
    expect([...new Set(used)].toSorted()).toEqual(Object.keys(action.inputs).toSorted());
  });

  test("has nobody's input in a script, where it would be run", () => {
    for (const { run = "" } of action.runs.steps) expect(run).not.toContain("${{");
  });

  test("installs the version of this package unless another is wanted", async () => {
    using runner = new Runner();
    const { version } = JSON.parse(read("package.json"));
    expect(await runner.run("Install Waystation")).toContain(`\nwaystation@${version}\n`);
    expect(await runner.run("Install Waystation", { version: "./waystation.tgz" })).toContain("\n./waystation.tgz\n");
  });

  test("starts a server with what is declared, and leads clients there", async () => {
    using runner = new Runner();
    const config = runner.file("waystation.yaml");
    writeFileSync(config, "queues:\n  orders: {}\n");
    await runner.run("Start Waystation", { port: "0", config, region: "eu-west-1", options: "--profile=aws\n" });
    const { AWS_ENDPOINT_URL_SQS: endpoint = "", ...variables } = runner.variables("env");
    expect(variables).toEqual({
      AWS_ENDPOINT_URL_SNS: endpoint,
      AWS_ENDPOINT_URL_KINESIS: endpoint,
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
      AWS_DEFAULT_REGION: "eu-west-1",
      AWS_REGION: "eu-west-1",
      WAYSTATION_ENDPOINT: endpoint,
    });
    expect(runner.variables("output")).toEqual({ endpoint, log: runner.file("waystation/waystation.log") });
    expect(await (await fetch(`${endpoint}/?Action=ListQueues`)).text()).toContain("/orders</QueueUrl>");
  });

  test("leads clients of all services there where that is wanted", async () => {
    using runner = new Runner();
    await runner.run("Start Waystation", { port: "0", "all-services": "true" });
    expect(runner.variables("env").AWS_ENDPOINT_URL).toBe(runner.variables("output").endpoint);
  });

  test("fails with the reason and the log when the server does not become ready", async () => {
    using runner = new Runner();
    await expect(runner.run("Start Waystation", { port: "0", template: "nowhere.yaml" })).rejects.toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/^::error::Waystation did not become ready: .*nowhere\.yaml/),
    });
  });

  test("is described with every input and output", () => {
    const rows = [...page.matchAll(/^\| `([\w-]+)` \|/gm)].map(([, name]) => name);
    expect(rows).toEqual(Object.keys(action.inputs));
    const [, workflow = ""] = /^```yaml file=\S+\n([\s\S]*?)^```$/m.exec(page) ?? [];
    const { steps } = parse(workflow).jobs.test;
    expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(Object.keys(steps[1].with)));
    expect(Object.keys(action.outputs)).toEqual(["endpoint", "log"]);
  });
});
