import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import Module from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { keepCompiledCode } from "../../../src/app/compiled-code/compiled-code.ts";

const nextTurn = async (): Promise<void> => {};
const NAME = `0123456789abcdef-${process.version}-${process.arch}`;

/** A Node with a cache of its own, and a user's caches. */
function nodeWithCache() {
  const caches = mkdtempSync(join(tmpdir(), "caches-"));
  onTestFinished(() => rmSync(caches, { recursive: true }));
  const own: Readonly<Record<string, unknown>> = { ...Module };
  const cache = { enableCompileCache: vi.fn(), flushCompileCache: vi.fn() };
  for (const name of ["enableCompileCache", "flushCompileCache"]) {
    onTestFinished(() => void Reflect.set(Module, name, own[name]));
  }
  Object.assign(Module, cache);
  const program = { build: "0123456789abcdef", folder: join(caches, "program") };
  return { ...cache, caches, program };
}

test("a Node that can keeps what it compiles in a folder of the user's, and writes it when asked to", async () => {
  const { caches, program, enableCompileCache, flushCompileCache } = nodeWithCache();
  const code = keepCompiledCode(program, { XDG_CACHE_HOME: caches, HOME: caches, LOCALAPPDATA: caches });
  expect(enableCompileCache).toHaveBeenCalledExactlyOnceWith(expect.stringMatching(`^${caches}.*${NAME}$`));
  expect(flushCompileCache).not.toHaveBeenCalled();
  await code.keep(nextTurn);
  expect(flushCompileCache).toHaveBeenCalledOnce();
});

test("NODE_COMPILE_CACHE says where, which Node knows", () => {
  const { caches, program, enableCompileCache } = nodeWithCache();
  keepCompiledCode(program, { NODE_COMPILE_CACHE: join(caches, "elsewhere") });
  expect(enableCompileCache).toHaveBeenCalledExactlyOnceWith(undefined);
});

test.for(["NODE_DISABLE_COMPILE_CACHE", "NODE_V8_COVERAGE"])("with %s nothing is kept", async (name) => {
  const { caches, program, enableCompileCache, flushCompileCache } = nodeWithCache();
  const code = keepCompiledCode(program, { XDG_CACHE_HOME: caches, HOME: caches, LOCALAPPDATA: caches, [name]: "1" });
  await code.keep(nextTurn);
  expect(enableCompileCache).not.toHaveBeenCalled();
  expect(flushCompileCache).not.toHaveBeenCalled();
  expect(readdirSync(caches)).toEqual([]);
});

test("without a home nothing is kept", () => {
  const { program, enableCompileCache } = nodeWithCache();
  keepCompiledCode(program, {});
  expect(enableCompileCache).not.toHaveBeenCalled();
});
