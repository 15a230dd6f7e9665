import {
  appendFileSync,
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import Module from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { BuiltCli } from "../../support/built-cli.ts";

let cli: BuiltCli;
beforeAll(() => {
  cli = new BuiltCli();
});
afterAll(() => cli[Symbol.dispose]());

/** A user's caches. */
function cachesFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "caches-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** Runs a command that is short, and tells how many modules were made of what was kept and how many were compiled. */
async function runWith(environment: Readonly<Record<string, string>>) {
  using command = cli.run(["--version"], { ...environment, NODE_DEBUG: "waystation" });
  const { exitCode, stdout, stderr } = await command.end();
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  const [, taken, compiled] = /: (\d+) modules from .*, (\d+) compiled here$/m.exec(stderr) ?? [];
  return { taken: Number(taken), compiled: Number(compiled), added: / modules added to /.test(stderr) };
}

/** Starts a server, has it asked for its queues, and ends it. */
async function serve(environment: Readonly<Record<string, string>>): Promise<string> {
  using server = cli.run(["--port", "0"], { ...environment, NODE_DEBUG: "waystation" });
  const [, endpoint = ""] = /ready at (\S+)\n/.exec(await server.stdout.until("\n")) ?? [];
  expect((await fetch(`${endpoint}/?Action=ListQueues&Version=2012-11-05`)).status).toBe(200);
  server.kill("SIGTERM");
  const { exitCode, stderr } = await server.end();
  expect(exitCode).toBe(0);
  return stderr;
}

const keptFile = (caches: string): string => {
  const folder = join(caches, "waystation");
  const [name = "", ...others] = readdirSync(folder);
  expect(others).toEqual([]);
  return join(folder, name);
};

describe.skipIf("enableCompileCache" in Module)("where Node has no cache of its own", () => {
  test("the second run takes all that the first has compiled", async () => {
    const caches = cachesFolder();
    const first = await runWith({ XDG_CACHE_HOME: caches });
    expect(first).toMatchObject({ taken: 0, added: true });
    const written = statSync(keptFile(caches)).ino;
    const second = await runWith({ XDG_CACHE_HOME: caches });
    expect(second).toEqual({ taken: first.compiled, compiled: 0, added: false });
    expect(statSync(keptFile(caches)).ino).toBe(written);
  });

  test("a server adds to what a command has kept, with what its first request needs", async () => {
    const caches = cachesFolder();
    const { compiled } = await runWith({ XDG_CACHE_HOME: caches });
    expect(await serve({ XDG_CACHE_HOME: caches })).toMatch(
      new RegExp(`: ${compiled} modules from .* compiled here$`, "m"),
    );
    expect(await serve({ XDG_CACHE_HOME: caches })).toMatch(/ modules from .*, 0 compiled here$/m);
    expect(await runWith({ XDG_CACHE_HOME: caches })).toEqual({ taken: compiled, compiled: 0, added: false });
  });

  test("two that start at once leave one whole file", async () => {
    const caches = cachesFolder();
    await Promise.all([serve({ XDG_CACHE_HOME: caches }), serve({ XDG_CACHE_HOME: caches })]);
    expect(await serve({ XDG_CACHE_HOME: caches })).toMatch(/ modules from .*, 0 compiled here$/m);
    keptFile(caches);
  });

  test("a file of the bundle that has changed is compiled anew", async () => {
    const caches = cachesFolder();
    const { compiled } = await runWith({ XDG_CACHE_HOME: caches });
    const [name = ""] = readdirSync(cli.bundle).filter((file) => file.startsWith("cli-"));
    const path = join(cli.bundle, name);
    const before = readFileSync(path, "utf8");
    onTestFinished(() => writeFileSync(path, before));
    writeFileSync(path, before.replace(" is more than ", " is MORE than "));
    expect(await runWith({ XDG_CACHE_HOME: caches })).toEqual({ taken: compiled - 1, compiled: 1, added: true });
    expect(await runWith({ XDG_CACHE_HOME: caches })).toEqual({ taken: compiled, compiled: 0, added: false });
  });

  test.for([
    ["is empty", (path: string) => truncateSync(path)],
    ["is cut off", (path: string) => truncateSync(path, statSync(path).size - 100)],
    ["is longer", (path: string) => appendFileSync(path, "more")],
    ["is something else", (path: string) => copyFileSync(process.execPath, path)],
    ["can be written by others", (path: string) => chmodSync(path, 0o666)],
  ] as const)("a file that %s is not used and written anew", async ([, damage]) => {
    const caches = cachesFolder();
    const { compiled } = await runWith({ XDG_CACHE_HOME: caches });
    damage(keptFile(caches));
    expect(await runWith({ XDG_CACHE_HOME: caches })).toEqual({ taken: 0, compiled, added: true });
    expect(await runWith({ XDG_CACHE_HOME: caches })).toEqual({ taken: compiled, compiled: 0, added: false });
  });

  test("NODE_COMPILE_CACHE says where", async () => {
    const folder = join(cachesFolder(), "elsewhere");
    const { compiled } = await runWith({ NODE_COMPILE_CACHE: folder });
    expect(readdirSync(folder)).toHaveLength(1);
    expect(await runWith({ NODE_COMPILE_CACHE: folder })).toMatchObject({ taken: compiled });
  });
});

test("with NODE_DISABLE_COMPILE_CACHE nothing is written", async () => {
  const caches = cachesFolder();
  await runWith({ XDG_CACHE_HOME: caches, HOME: caches, NODE_DISABLE_COMPILE_CACHE: "1" });
  expect(readdirSync(caches)).toEqual([]);
});

test.for([
  ["that is a file", (folder: string): void => writeFileSync(folder, "")],
  ["that others can write", makeForAll],
  ["that nobody can write", (folder: string): void => void mkdirSync(folder, 0o500)],
] as const)("a folder %s keeps no command from running", async ([, make]) => {
  const caches = cachesFolder();
  make(join(caches, "waystation"));
  await runWith({ XDG_CACHE_HOME: caches });
  await runWith({ XDG_CACHE_HOME: caches });
});

test("nothing is written where others can write", async () => {
  const caches = cachesFolder();
  makeForAll(join(caches, "waystation"));
  await runWith({ XDG_CACHE_HOME: caches });
  expect(readdirSync(join(caches, "waystation"))).toEqual([]);
});

function makeForAll(folder: string): void {
  mkdirSync(folder);
  chmodSync(folder, 0o777);
}
