/**
 * Makes of the compiler's declarations one file for each import of the package: `node tools/declarations.js [from] [to]`, from `dist/types` to
 * `dist/bundle` unless others are given. What two of them share lies in a third one, so that a class is the same type wherever it is
 * imported from.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { rollup } from "rollup";
import { dts } from "rollup-plugin-dts";
import { imports } from "./entries.js";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const [types = join(ROOT, "dist/types"), folder = join(ROOT, "dist/bundle")] = process.argv.slice(2);

/** Two imports may share what neither exports by its name. */
const SHARED_BUT_PRIVATE = /private shared type exports with no public re-export/;

const declared = (path) => join(types, path.replace(/^src\/(.*)\.ts$/, "$1.d.ts"));
const bundle = await rollup({
  input: Object.fromEntries(Object.entries(imports).map(([name, path]) => [name, declared(path)])),
  plugins: [dts(), { name: "types-stay-types", renderChunk }],
  external: [/^node:/, /^jest-environment-node$/, /^@jest\//], // Jest is its users'
  onwarn({ message }) {
    if (!SHARED_BUT_PRIVATE.test(message)) throw new Error(message);
  },
});
const { output } = await bundle.write({
  dir: folder,
  entryFileNames: "[name].d.ts",
  chunkFileNames: "shared-[hash].d.ts",
});
await bundle.close();
for (const { isEntry, name, exports } of output) {
  if (!isEntry || exports.includes("default")) continue;
  writeFileSync(join(folder, `${name}.d.mts`), `export * from "./${name}.js";\n`);
}

/** What an import gives as a type only, a class for one, is no value there: rollup-plugin-dts forgets it. */
function renderChunk(code, { isEntry, facadeModuleId }) {
  if (!isEntry) return code;
  const types = [
    ...readFileSync(facadeModuleId, "utf8").matchAll(/^export type \{([^}]*)\}|\btype (\w+)(?=[,\s])/gm),
  ].flatMap(([, list, one]) => (one ?? list).split(",").map((name) => name.trim()));
  return code.replace(/^export \{ (.*) \};$/gm, (_all, names) => {
    const marked = names.split(", ").map((name) => (types.includes(name) ? `type ${name}` : name));
    return `export { ${marked.join(", ")} };`;
  });
}
