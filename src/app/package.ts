import { readFileSync } from "node:fs";

/** Where package.json lies, both for the sources and for the build. */
const ROOT = new URL("../../", import.meta.url);

/** Where the build puts the files of the console. */
export const consoleFolder = new URL("dist/bundle/console/", ROOT);

/** The version in package.json. */
export function packageVersion(): string {
  const text = readFileSync(new URL("package.json", ROOT), "utf8");
  const { version }: { readonly version: string } = JSON.parse(text);
  return version;
}
