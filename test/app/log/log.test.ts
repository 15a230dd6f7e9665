import { mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { BuiltCli, Heard } from "../../support/built-cli.ts";
import { RawConnection } from "../../support/raw-connection.ts";

let cli: BuiltCli;
beforeAll(() => {
  cli = new BuiltCli();
});
afterAll(() => cli[Symbol.dispose]());

const START = ["start", "--port", "0", "--log-level", "debug"];

/** A request for no operation, whose log line has as much of it as a line can have. */
const refusal = (more = ""): string =>
  `POST / HTTP/1.1\r\nHost: here\r\nX-Amz-Target: ${"x".repeat(300)}\r\nContent-Length: 0\r\n${more}\r\n`;

/** Requests whose lines are more than can wait. */
const TOO_MANY = 12_000;

/** Has the server refuse that many requests, and gives the number of answers. */
async function refusedAt(port: number, count: number): Promise<number> {
  using client = await RawConnection.to(port);
  void client.say(refusal().repeat(count - 1) + refusal("Connection: close\r\n"));
  return (await client.hearsToTheEnd()).split("HTTP/1.1 4").length - 1;
}

function aFile(): string {
  const folder = mkdtempSync(join(tmpdir(), "waystation-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, "log");
}

describe("the log", () => {
  test("neither stops the server nor keeps it from ending while nobody reads it", async () => {
    using server = cli.runInto(START, { stdout: "ignore", stderr: "pipe" });
    expect(await refusedAt(await server.port(), 500)).toBe(500);
    expect(await server.end()).toEqual({ exitCode: 0, signal: null });
  });

  test("drops the lines that are too many to wait, and says how many once it is read", async () => {
    using server = cli.runInto(START, { stdout: "ignore", stderr: "pipe" });
    const port = await server.port();
    expect(await refusedAt(port, TOO_MANY)).toBe(TOO_MANY);
    const heard = await new Heard(server.child.stderr!).until("log lines dropped");
    const lines = heard
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    const { dropped } = lines.at(-1);
    expect(dropped).toBeGreaterThan(0);
    expect(lines.filter(({ msg }) => msg === "request").length + dropped).toBe(TOO_MANY);
  });

  test("is lost when nobody is there any more, and so is the line that says the server is ready", async () => {
    using server = cli.runInto(START, { stdout: "pipe", stderr: "pipe" });
    server.child.stdout!.destroy();
    server.child.stderr!.destroy();
    const port = await server.port();
    expect(await refusedAt(port, 10)).toBe(10);
    expect(await refusedAt(port, 10)).toBe(10);
    expect(await server.end()).toEqual({ exitCode: 0, signal: null });
  });

  test("is lost on a full disk", async () => {
    const full = openSync("/dev/full", "w");
    using server = cli.runInto(START, { stdout: full, stderr: full });
    const port = await server.port();
    expect(await refusedAt(port, 10)).toBe(10);
    expect(await refusedAt(port, TOO_MANY)).toBe(TOO_MANY);
    expect(await server.end()).toEqual({ exitCode: 0, signal: null });
  });

  test("is whole in a file when the server ends", async () => {
    const path = aFile();
    using server = cli.runInto(START, { stdout: "ignore", stderr: openSync(path, "w") });
    expect(await refusedAt(await server.port(), 100)).toBe(100);
    await server.end();
    expect(readFileSync(path, "utf8").split('"msg":"request"')).toHaveLength(101);
  });
});
