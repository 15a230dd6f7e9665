import Module from "node:module";
import { join } from "node:path";
import { debuglog } from "node:util";
import { cachedDataVersionTag } from "node:v8";
import { type CompiledFiles, decodeFiles, encodeFiles } from "./code-file.ts";
import { CompiledModules } from "./compiled-modules.ts";
import { forgetOthers, readOwnFile, writeOwnFile } from "./own-file.ts";
import { codeFolder, isOwnFolder, makeOwnFolder } from "./own-folder.ts";

/** What is compiled in this process, for the next one. */
export interface CompiledCode {
  /** Keeps what has been compiled since the last time, in as many turns as that takes. Never fails. */
  keep(nextTurn: () => Promise<void>): Promise<void>;
}

/** The program that is compiled. */
interface Program {
  /** Tells its builds apart: 16 digits in base 16. */
  readonly build: string;
  /** Where its modules lie. */
  readonly folder: string;
}

interface CacheOfNode {
  enableCompileCache?(folder?: string): unknown;
  flushCompileCache?(): void;
}

const NOTHING: CompiledCode = { keep: async () => {} };
const NO_FILES: CompiledFiles = new Map();
const say = debuglog("waystation");

/**
 * Has the modules that are loaded from now on compiled from what former processes have kept, and keeps what this one compiles: by Node
 * where it can (22.1 and newer), else by us. Variables of Node's say where (NODE_COMPILE_CACHE) and whether at all
 * (NODE_DISABLE_COMPILE_CACHE). Nothing about it keeps the program from starting.
 */
export function keepCompiledCode(program: Program, environment: NodeJS.ProcessEnv): CompiledCode {
  // V8 tells less precisely what of a function has run that came out of a cache.
  if (environment.NODE_DISABLE_COMPILE_CACHE || environment.NODE_V8_COVERAGE) return NOTHING;
  const folder = codeFolder(environment, process.platform);
  if (folder === undefined) return NOTHING;
  const name = `${program.build}-${process.version}-${process.arch}`;
  const node = Module as object as CacheOfNode;
  if (node.enableCompileCache === undefined) return keptByUs(program, folder, name);
  return environment.NODE_COMPILE_CACHE ? keptByNode(node) : keptByNodeIn(node, folder, name);
}

/** Node has read the variable that says where. */
function keptByNode(node: CacheOfNode, folder?: string): CompiledCode {
  node.enableCompileCache?.(folder);
  // Servers are often killed; Node itself keeps what it has with its end. It can do so before from 22.10 on, in one go.
  return { keep: async () => node.flushCompileCache?.() };
}

/** Node's own choice would be a folder that all users of the machine share. */
function keptByNodeIn(node: CacheOfNode, folder: string, name: string): CompiledCode {
  const isReady = tried(() => {
    makeOwnFolder(folder);
    if (!isOwnFolder(folder)) return false;
    forgetOthers(folder, name);
    return true;
  });
  return isReady ? keptByNode(node, join(folder, name)) : NOTHING;
}

function keptByUs(program: Program, folder: string, name: string): CompiledCode {
  const path = join(folder, `${name}-${cachedDataVersionTag()}`);
  const modules = new CompiledModules(program.folder, filesIn(path));
  modules.install();
  const tell = (): void => say("%d modules from %s, %d compiled here", modules.takenCount, path, modules.freshCount);
  process.once("exit", () => {
    tell();
    tried(() => add(path, new Map(modules.takeFresh())));
  });
  return {
    async keep(nextTurn) {
      tell();
      const files = new Map();
      for (const [file, compiled] of modules.takeFresh()) {
        files.set(file, compiled);
        await nextTurn();
      }
      tried(() => add(path, files));
    },
  };
}

function filesIn(path: string): CompiledFiles {
  return tried(() => decodeFiles(readOwnFile(path) ?? Buffer.of())) ?? NO_FILES;
}

/** Adds to what is there by now, of this process or another. */
function add(path: string, files: CompiledFiles): void {
  if (files.size === 0) return;
  writeOwnFile(path, encodeFiles(new Map([...filesIn(path), ...files])));
  say("%d modules added to %s", files.size, path);
}

/** What a try gives, or undefined: without a cache it just takes longer. */
function tried<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch (cause) {
    say("compiled code is not kept: %s", cause);
    return undefined;
  }
}
