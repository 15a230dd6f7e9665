import { type FunctionRecord, type FunctionVersion, LATEST } from "../../../engine/function/function.ts";
import type { Functions } from "../../../engine/function/functions.ts";
import type { ItemsAfter } from "../../page.ts";

/** A line of a listing. */
interface Listed {
  readonly name: string;
  readonly version: FunctionVersion;
  /** What its ARN ends with. */
  readonly qualifier?: string;
}

/** Where a line stands: the functions by name, of each `$LATEST` and then the versions by number. */
export function functionKey({ name, version, qualifier }: Listed): string {
  return qualifier === undefined ? name : `${name}:${versionKey(version)}`;
}

/** Where a version stands among those of its function. */
function versionKey({ version }: FunctionVersion): string {
  return version === LATEST ? "" : version.padStart(DIGITS, "0");
}

/** More than versions have. */
const DIGITS = 10;

/** The functions after a key. */
export function versionsAfter(functions: Functions): ItemsAfter<Listed> {
  return function* latest(key) {
    for (const { name, latest: version } of functions.list({ after: key })) yield { name, version };
  };
}

/** The functions after a key with all their versions. */
export function withVersionsAfter(functions: Functions): ItemsAfter<Listed> {
  return function* all(key) {
    const [name = ""] = key.split(":");
    const begun = functions.find(name);
    if (begun !== undefined) {
      for (const listed of versionsOf(begun)) if (functionKey(listed) > key) yield listed;
    }
    for (const record of functions.list({ after: name })) yield* versionsOf(record);
  };
}

/** `$LATEST` and the versions of a function. */
export function versionsOf({ name, latest, versions }: FunctionRecord): readonly Listed[] {
  return [latest, ...versions.values()].map((version) => ({ name, version, qualifier: version.version }));
}
