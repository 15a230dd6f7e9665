import { execFile, execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const execFileAsync = promisify(execFile);

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const MODULES = join(ROOT, "node_modules");
const MANIFEST = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
const DEPENDENCIES = Object.keys(MANIFEST.dependencies);
const FILES: readonly string[] = MANIFEST.files;

/** The package as npm packs and installs it, built into a folder of its own. */
export class PackedPackage implements Disposable {
  readonly #folder = mkdtempSync(join(tmpdir(), "waystation-package-"));
  readonly tarball: string;

  /** Making the declarations takes most of the time, for those who need them. */
  constructor({ types: hasTypes }: { readonly types: boolean } = { types: true }) {
    const built = join(this.#folder, "built");
    const types = join(this.#folder, "types");
    const tool = (name: string) => join(ROOT, "tools", name);
    run(process.execPath, [tool("bundle.js"), join(built, "dist/bundle")]);
    if (hasTypes) {
      const emit = ["-p", "tsconfig.build.json", "--outDir", types, "--tsBuildInfoFile", join(types, "info")];
      run(process.execPath, [join(MODULES, "typescript/bin/tsc"), ...emit]);
      symlinkSync(MODULES, join(types, "node_modules"));
      run(process.execPath, [tool("declarations.js"), types, join(built, "dist/bundle")]);
    }
    const isBuilt = (name: string) => name.startsWith("dist/") || name.startsWith("!");
    for (const name of ["package.json", "README.md", "LICENSE", ...FILES.filter((name) => !isBuilt(name))]) {
      cpSync(join(ROOT, name), join(built, name), { recursive: true });
    }
    const packed = run("npm", ["pack", "--ignore-scripts", "--json", "--pack-destination", this.#folder, built]);
    const [{ filename }] = JSON.parse(packed);
    this.tarball = join(this.#folder, filename);
  }

  /** A project that has it installed with what it depends on, beside the packages named, which its users bring along. */
  project(name: string, files: Readonly<Record<string, string>>, ...others: readonly string[]): Project {
    const folder = join(this.#folder, name);
    const installed = join(folder, "node_modules/waystation");
    mkdirSync(installed, { recursive: true });
    run("tar", ["-xzf", this.tarball, "-C", installed, "--strip-components=1"]);
    for (const other of [...DEPENDENCIES, "@aws-sdk", ...others]) {
      symlinkSync(join(MODULES, other), join(folder, "node_modules", other));
    }
    // Without one of its own, it would belong to whatever lies above it.
    for (const [path, text] of Object.entries({ "package.json": "{}", ...files })) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    return new Project(folder);
  }

  [Symbol.dispose](): void {
    rmSync(this.#folder, { recursive: true });
  }
}

/** A folder of somebody who uses the package. */
class Project {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  /** Runs Node there, with nothing in its environment that this process was given. Gives all it says; fails with it when it fails. */
  async node(...args: readonly string[]): Promise<string> {
    const env = { PATH: process.env.PATH, HOME: this.folder, TMPDIR: tmpdir(), NODE_NO_WARNINGS: "1" };
    try {
      const { stdout, stderr } = await execFileAsync(process.execPath, args, { cwd: this.folder, env });
      return `${stdout}${stderr}`;
    } catch (cause) {
      const { stdout, stderr } = cause as { readonly stdout: string; readonly stderr: string };
      throw new Error(`node ${args.join(" ")}\n${stdout}\n${stderr}`, { cause });
    }
  }

  /** Runs a program of a package that is installed there. */
  program(path: string, ...args: readonly string[]): Promise<string> {
    return this.node(join("node_modules", path), ...args);
  }
}

function run(program: string, args: readonly string[]): string {
  return execFileSync(program, args, { cwd: ROOT, encoding: "utf8" });
}
