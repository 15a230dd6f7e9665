/**
 * What the package is made of: programs and imports, by the names of their files in `dist/bundle`. Who adds an import adds its line in the
 * `exports` of package.json as well; a test holds the two together.
 */
import { readFileSync } from "node:fs";

const { programs, imports } = JSON.parse(readFileSync(new URL("entries.json", import.meta.url), "utf8"));

/** Those that others import, which have declarations. */
export { imports };

export const entries = { ...programs, ...imports };
