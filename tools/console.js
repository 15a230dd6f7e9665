/** Bundles the web console for browsers: `node tools/console.js [folder]`, `dist/bundle/console` unless another one is given. */
import { copyFileSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const SOURCES = join(ROOT, "src/console");

/** A page is loaded when somebody goes there, so each is a file of its own. */
export async function bundleConsole(folder) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const { metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: [
      { in: join(SOURCES, "main.tsx"), out: "main" },
      { in: join(SOURCES, "style/main.css"), out: "main" },
    ],
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    jsx: "automatic",
    jsxImportSource: "preact",
    tsconfigRaw: "{}",
    minify: true,
    legalComments: "linked",
    chunkNames: "[name]-[hash]",
    outdir: folder,
    metafile: true,
    logLevel: "warning",
  });
  for (const name of ["index.html", "icon.svg"]) copyFileSync(join(SOURCES, name), join(folder, name));
  return metafile;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await bundleConsole(process.argv[2] ?? join(ROOT, "dist/bundle/console"));
}
