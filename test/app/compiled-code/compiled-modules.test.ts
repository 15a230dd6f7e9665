import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import Module, { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Script } from "node:vm";
import { crc32 } from "node:zlib";
import { expect, onTestFinished, test } from "vitest";
import type { CompiledFiles } from "../../../src/app/compiled-code/code-file.ts";
import { CompiledModules } from "../../../src/app/compiled-code/compiled-modules.ts";

const NOTHING_KEPT: CompiledFiles = new Map();

/** A folder with those files, and what Node's `require` gives from there. */
function folderOf(files: Readonly<Record<string, string>>) {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "compiled-modules-")));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, source] of Object.entries(files)) {
    mkdirSync(join(folder, name, ".."), { recursive: true });
    writeFileSync(join(folder, name), source);
  }
  const load = createRequire(join(folder, "elsewhere.js"));
  const forget = (): void => {
    for (const path of Object.keys(load.cache)) if (path.startsWith(folder)) delete load.cache[path];
  };
  onTestFinished(forget);
  return { folder, load, forget };
}

function installed(folder: string, kept: CompiledFiles = NOTHING_KEPT): CompiledModules {
  const modules = new CompiledModules(folder, kept);
  onTestFinished(modules.install());
  return modules;
}

/** What V8 makes of a text, as if it were that of another one of the same length. */
function keptInPlaceOf(name: string, source: string, compiled: string): CompiledFiles {
  expect(compiled.length).toBe(source.length);
  const code = new Script(Module.wrap(compiled)).createCachedData();
  return new Map([[name, { sourceChecksum: crc32(source), code }]]);
}

test("a module is made of the code that was kept for its text", () => {
  const source = "exports.from = 'text';";
  const { folder, load } = folderOf({ "a.js": source });
  const modules = installed(folder, keptInPlaceOf("a.js", source, "exports.from = 'code';"));
  expect(load("./a.js")).toEqual({ from: "code" });
  expect([modules.takenCount, modules.freshCount]).toEqual([1, 0]);
});

test("a module whose text has changed is made of that, and its code is new", () => {
  const { folder, load } = folderOf({ "a.js": "exports.from = 'text';" });
  const modules = installed(folder, keptInPlaceOf("a.js", "exports.from = 'tale';", "exports.from = 'code';"));
  expect(load("./a.js")).toEqual({ from: "text" });
  expect([modules.takenCount, modules.freshCount]).toEqual([0, 1]);
});

test.for(["", "not V8's"])("a module whose kept code is %j is made of its text", (code) => {
  const source = "exports.from = 'text';";
  const { folder, load } = folderOf({ "a.js": source });
  const kept = new Map([["a.js", { sourceChecksum: crc32(source), code: Buffer.from(code) }]]);
  const modules = installed(folder, kept);
  expect(load("./a.js")).toEqual({ from: "text" });
  expect([modules.takenCount, modules.freshCount]).toEqual([0, 1]);
});

test("what was compiled is taken by the next process, functions that were called with it", () => {
  const source = "exports.called = () => 'text'; exports.called();";
  const { folder, load, forget } = folderOf({ "a.js": source });
  const first = new CompiledModules(folder, NOTHING_KEPT);
  const uninstall = first.install();
  load("./a.js");
  const kept = new Map(first.takeFresh());
  uninstall();
  forget();
  expect([...kept.keys()]).toEqual(["a.js"]);
  expect([...first.takeFresh()]).toEqual([]);
  expect(kept.get("a.js")?.code.length).toBeGreaterThan(new Script(Module.wrap(source)).createCachedData().length);
  const second = installed(folder, kept);
  expect(load("./a.js").called()).toBe("text");
  expect([second.takenCount, second.freshCount]).toEqual([1, 0]);
});

test("a module finds what it finds in Node", () => {
  const { folder, load } = folderOf({
    "a.js": `
      const { resolve, main, cache, extensions } = require;
      exports.found = {
        isThis: this === exports && module.exports === exports,
        filename: __filename, dirname: __dirname, id: module.id, paths: module.paths, isLoaded: module.loaded,
        main, resolved: resolve("./b.js"), lookedFor: resolve.paths("b"),
        neighbour: require("./b.js"), builtin: require("node:path"), json: require("./c.json"), below: require("./below/d.js"),
        isCached: cache[__filename] === module, extensions: Object.keys(extensions),
        parent: cache[__dirname + "/b.js"].parent === module,
      };`,
    "b.js": "exports.path = __filename; exports.isLoaded = module.loaded; exports.paths = module.paths;",
    "c.json": '{ "c": 1 }',
    "below/d.js": "exports.path = __filename; exports.up = require('../b.js').path;",
  });
  const inNode = load("./a.js").found;
  for (const path of Object.keys(load.cache)) if (path.startsWith(folder)) delete load.cache[path];
  installed(folder);
  expect(load("./a.js").found).toEqual(inNode);
  expect(load.cache[join(folder, "b.js")]?.loaded).toBe(true);
});

test("modules that need each other get what there is by then", () => {
  const { folder, load } = folderOf({
    "a.js": "exports.early = 1; const b = require('./b.js'); exports.seen = b.seen;",
    "b.js": "exports.seen = { ...require('./a.js') };",
  });
  installed(folder);
  expect(load("./a.js")).toEqual({ early: 1, seen: { early: 1 } });
});

test("a module is loaded once, whoever asks for it", () => {
  const { folder, load } = folderOf({ "a.js": "exports.b = require('./b.js');", "b.js": "exports.b = 1;" });
  installed(folder);
  const { b } = load("./a.js");
  expect(load("./b.js")).toBe(b);
});

test("a neighbour that failed is loaded again", () => {
  const { folder, load } = folderOf({
    "a.js": "exports.load = () => require('./b.js');",
    "b.js": "globalThis.tries = (globalThis.tries ?? 0) + 1; if (globalThis.tries < 2) throw new Error('not yet');",
  });
  onTestFinished(() => {
    Reflect.deleteProperty(globalThis, "tries");
  });
  installed(folder);
  const a = load("./a.js");
  expect(() => a.load()).toThrow("not yet");
  expect(a.load()).toEqual({});
});

test("a neighbour that is not there is complained of as by Node", () => {
  const { folder, load } = folderOf({ "a.js": "require('./b.js');" });
  installed(folder);
  expect(() => load("./a.js")).toThrow(expect.objectContaining({ code: "MODULE_NOT_FOUND" }));
});

test("who has taken over how files are read, as instruments of coverage do, reads neighbours as well", () => {
  const { folder, load } = folderOf({ "a.js": "exports.b = require('./b.js');", "b.js": "exports.b = 1;" });
  installed(folder);
  const { ".js": before } = load.extensions;
  onTestFinished(() => {
    load.extensions[".js"] = before;
  });
  load.extensions[".js"] = (module, path) => {
    Object.assign(module, { exports: { read: path } });
    if (path.endsWith("a.js")) before(module, path);
  };
  expect(load("./a.js")).toEqual({ read: join(folder, "a.js"), b: { read: join(folder, "b.js") } });
});

test.for([
  ["in the first line", "exports.fail = () => { throw new Error('here'); };"],
  ["in another one", "\n\n   exports.fail = () => { throw new Error('here'); };"],
] as const)("an error %s tells the same place as in Node", ([, source]) => {
  const { folder, load, forget } = folderOf({ "a.js": source });
  const placeOf = (): string | undefined => {
    try {
      return load("./a.js").fail();
    } catch (cause) {
      return cause instanceof Error ? cause.stack?.split("\n")[1] : undefined;
    }
  };
  const inNode = placeOf();
  expect(inNode).toContain(`${join(folder, "a.js")}:`);
  forget();
  installed(folder);
  expect(placeOf()).toBe(inNode);
});

test("a text that V8 cannot read is complained of with its place", () => {
  const { folder, load } = folderOf({ "a.js": "exports.a = 1;\nexports.b = ;" });
  installed(folder);
  const complaint = { name: "SyntaxError", stack: expect.stringContaining(`${join(folder, "a.js")}:2`) };
  expect(() => load("./a.js")).toThrow(expect.objectContaining(complaint));
});

test("what lies elsewhere, below, or begins with #! is left to Node", () => {
  const { folder, load } = folderOf({
    "program/a.js": "exports.a = 1;",
    "program/below/b.js": "exports.b = 1;",
    "program/c.js": "#!/usr/bin/env node\nexports.c = 1;",
    "program-2/d.js": "exports.d = 1;",
  });
  const modules = installed(join(folder, "program"));
  const paths = ["program/a.js", "program/below/b.js", "program/c.js", "program-2/d.js"];
  expect(paths.map((path) => load(`./${path}`))).toEqual([{ a: 1 }, { b: 1 }, { c: 1 }, { d: 1 }]);
  expect([...modules.takeFresh()].map(([name]) => name)).toEqual(["a.js"]);
});
