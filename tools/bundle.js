/**
 * Bundles the sources for Node: `node tools/bundle.js [folder]`, `dist/bundle` unless another one is given.
 *
 * Everything is CommonJS, once: `require` and `import` of the package get the same module, so that there are no two of a class or
 * of a state, and test runners that know CommonJS only need no flag. esbuild splits ES modules only, and what is loaded late has to stay apart;
 * so it splits those, and each piece is rewritten for itself. ES modules are given names and nothing else: Vitest stumbles over the `default` that
 * Node makes of CommonJS. What has a default of its own is for programs that ask for that (`tools/entries.json`).
 */
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, transform } from "esbuild";
import { bundleConsole } from "./console.js";
import { entries, imports } from "./entries.js";
import { withServerFiles } from "./server-files.js";
import { sourcesStamp, writeStamp } from "./stamp.js";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const TARGET = { platform: "node", target: "node20" };
/** What stands for `import.meta.url`, which CommonJS has not. */
const MODULE_URL = "__moduleUrl";
const MODULE_URL_MADE = `const ${MODULE_URL} = require("node:url").pathToFileURL(__filename).href;\n`;
/** esbuild names the exports in a line that does nothing, at the end. */
const EXPORTS_NAMED = /^\/\/ Annotate the CommonJS export names for ESM import in node:$/m;
/** A piece that is evaluated exports values: esbuild's are behind two getters each, which every call of a function of another piece would pay. */
const EXPORTS_SETTLED =
  'module.exports = Object.defineProperty({ ...module.exports }, "__esModule", { value: true });\n';
const HASHBANG = /^(?:#!.*\n)?/;

const [given] = process.argv.slice(2);
const folder = given ?? join(ROOT, "dist/bundle");
const stamp = sourcesStamp();
mkdirSync(folder, { recursive: true });
const { outputFiles, metafile } = await build({
  ...TARGET,
  absWorkingDir: ROOT,
  entryPoints: Object.entries(entries).map(([out, path]) => ({ in: path, out })),
  bundle: true,
  splitting: true,
  format: "esm",
  external: outsiders(),
  define: { WAYSTATION_BUILD: JSON.stringify(stamp.slice(0, 16)) },
  outdir: folder,
  write: false,
  metafile: true,
  logLevel: "warning",
});
// What was there before stays: a server that still runs from it loads parts of itself late.
const codes = outputFiles.map(async ({ path, text }) => [basename(path), await asCommonJs(text)]);
const files = withServerFiles(new Map(await Promise.all(codes)), metafile);
for (const [name, code] of files) writeFileSync(join(folder, name), code);
// Beside a package.json that says "module", for the sake of the sources, files ending in .js would be taken for ES modules.
writeFileSync(join(folder, "package.json"), '{ "type": "commonjs" }\n');
await bundleConsole(join(folder, "console"));
// Other processes run these, so they lie beside the program as they are.
cpSync(join(ROOT, "src/runtime/launcher"), join(folder, "launcher"), {
  recursive: true,
  filter: (path) => !path.endsWith(".d.mts"),
});
if (given === undefined) writeStamp(stamp);

for (const [path, { entryPoint, exports }] of Object.entries(metafile.outputs)) {
  if (!Object.values(imports).includes(entryPoint) || exports.includes("default")) continue;
  const name = basename(path, ".js");
  writeFileSync(join(folder, `${name}.mjs`), `export { ${exports.join(", ")} } from "./${name}.js";\n`);
}

async function asCommonJs(text) {
  const supported = { "dynamic-import": false }; // Jest has none without a flag
  const define = { "import.meta.url": MODULE_URL };
  const { code } = await transform(text, { ...TARGET, format: "cjs", supported, define });
  const settled = code.replace(EXPORTS_NAMED, `${EXPORTS_SETTLED}$&`);
  return code.includes(MODULE_URL) ? settled.replace(HASHBANG, `$&${MODULE_URL_MADE}`) : settled;
}

/** Packages that are installed beside ours, and loaded when first needed. */
function outsiders() {
  const { dependencies, optionalDependencies, peerDependencies } = JSON.parse(
    readFileSync(join(ROOT, "package.json"), "utf8"),
  );
  const bundled = ["uuid", "light-my-request"]; // small, or a part of another
  return Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies }).filter(
    (name) => !bundled.includes(name),
  );
}
