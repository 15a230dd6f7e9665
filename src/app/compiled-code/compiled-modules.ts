import { existsSync } from "node:fs";
import Module from "node:module";
import { sep } from "node:path";
import { constants, Script } from "node:vm";
import { crc32 } from "node:zlib";
import type { CompiledFile, CompiledFiles } from "./code-file.ts";

/** What Node's loader of CommonJS consists of. It is public, if hardly documented, and as old as Node. */
interface Loader {
  new (path: string, parent: NodeModule): LoadedModule;
  wrap(source: string): string;
  readonly wrapper: readonly [string, string];
  readonly _cache: NodeJS.Require["cache"];
  readonly _extensions: NodeJS.RequireExtensions;
  _resolveFilename(id: string, from: NodeModule, isMain: boolean, options?: object): string;
  _resolveLookupPaths(id: string, from: NodeModule): string[] | null;
  readonly prototype: { _compile: Compile };
}

type Compile = (this: NodeModule, source: string, path: string) => unknown;

/** A module as the loader fills it. */
type LoadedModule = { -readonly [Key in keyof NodeModule]: NodeModule[Key] };

type Wrapped = (
  exports: unknown,
  require: NodeJS.Require,
  module: NodeModule,
  filename: string,
  dirname: string,
) => unknown;

/** A file of the folder. */
interface Text {
  readonly source: string;
  readonly path: string;
  readonly name: string;
}

/** A file that was compiled here, of which nothing is kept yet. */
interface Fresh {
  readonly sourceChecksum: number;
  readonly script: Script;
}

/** How the files of the bundle name each other. */
const NEIGHBOUR = /^\.\/([\w-]+\.js)$/;

/** Compiles the modules of one folder from code that was kept, where their text is still the same, and knows those of which there was none. */
export class CompiledModules {
  readonly #folder: string;
  readonly #kept: CompiledFiles;
  readonly #fresh = new Map<string, Fresh>();
  #takenCount = 0;

  constructor(folder: string, kept: CompiledFiles) {
    this.#folder = folder + sep;
    this.#kept = kept;
  }

  /** How many modules were made of kept code. */
  get takenCount(): number {
    return this.#takenCount;
  }

  get freshCount(): number {
    return this.#fresh.size;
  }

  /** Has Node's loader come here with the modules of the folder from now on. The function returned ends that. */
  install(loader = Module as object as Loader): () => void {
    const compiled = this;
    const { prototype } = loader;
    const before = prototype._compile;
    prototype._compile = function compile(source, path) {
      const name = compiled.#nameOf(path);
      if (name === undefined || source.startsWith("#!")) return before.call(this, source, path);
      return compiled.#run(loader, this, { source, path, name });
    };
    return () => {
      prototype._compile = before;
    };
  }

  /** The code of what was compiled and not asked for yet, one file at a time: making it takes up to 4 ms each. */
  *takeFresh(): Generator<readonly [name: string, file: CompiledFile]> {
    for (const [name, { sourceChecksum, script }] of this.#fresh) {
      this.#fresh.delete(name);
      yield [name, { sourceChecksum, code: script.createCachedData() }];
    }
  }

  /** The file of a path, if it lies in the folder. */
  #nameOf(path: string): string | undefined {
    const name = path.slice(this.#folder.length);
    return path.startsWith(this.#folder) && !name.includes(sep) ? name : undefined;
  }

  /** What Node does with a module, but for the code that V8 is given. */
  #run(loader: Loader, module: NodeModule, text: Text): unknown {
    const run: Wrapped = this.#compile(loader, text).runInThisContext();
    const { exports } = module;
    return run.call(exports, exports, this.#requireOf(loader, module), module, text.path, this.#folder.slice(0, -1));
  }

  #compile(loader: Loader, { source, path, name }: Text): Script {
    const sourceChecksum = crc32(source);
    const kept = this.#kept.get(name);
    const cachedData = kept?.sourceChecksum === sourceChecksum ? kept.code : undefined;
    const script = new Script(loader.wrap(source), {
      filename: path,
      columnOffset: -loader.wrapper[0].length, // so that places in the first line are those of the file
      cachedData,
      importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    });
    if (cachedData === undefined || script.cachedDataRejected) this.#fresh.set(name, { sourceChecksum, script });
    else this.#takenCount++;
    return script;
  }

  #requireOf(loader: Loader, module: NodeModule): NodeJS.Require {
    const resolve: NodeJS.RequireResolve = Object.assign(
      (id: string, options?: object) => loader._resolveFilename(id, module, false, options),
      { paths: (id: string) => loader._resolveLookupPaths(id, module) },
    );
    const { _cache: cache, _extensions: extensions } = loader;
    const require = (id: string): unknown => this.#neighbour(loader, module, id);
    return Object.assign(require, { resolve, main: process.mainModule, extensions, cache });
  }

  /** The exports of a file beside this one. Node would look for each in a dozen ways, which takes longer than running what is in it. */
  #neighbour(loader: Loader, module: NodeModule, id: string): unknown {
    const [, name] = NEIGHBOUR.exec(id) ?? [];
    const path = this.#folder + name;
    const loaded = loader._cache[path];
    if (name !== undefined && loaded !== undefined) return loaded.exports;
    if (name === undefined || !existsSync(path)) return module.require(id); // which knows what to complain of
    const neighbour = new loader(path, module);
    Object.assign(neighbour, { filename: path, paths: module.paths });
    loader._cache[path] = neighbour;
    try {
      loader._extensions[".js"](neighbour, path);
    } catch (cause) {
      delete loader._cache[path]; // so that another try loads it again
      throw cause;
    }
    neighbour.loaded = true;
    return neighbour.exports;
  }
}
