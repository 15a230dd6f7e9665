import { isDeepStrictEqual } from "node:util";
import type { FunctionRecord, FunctionVersion } from "./function.ts";
import { InvalidParameterValue } from "./function-errors.ts";

/** How a version is to be published. */
export interface PublishOptions {
  readonly description?: string | undefined;
  readonly codeSha256?: string | undefined;
  readonly revisionId?: string | undefined;
}

/** The number of the next version. */
export function nextVersion({ publishedCount }: FunctionRecord): string {
  return String(publishedCount + 1);
}

/** Whether two versions are run alike. AWS: a description alone makes no other version. */
export function isSame(one: FunctionVersion, other: FunctionVersion): boolean {
  const facts = ({ code, settings }: FunctionVersion) => ({ code, settings: { ...settings, description: "" } });
  return isDeepStrictEqual(facts(one), facts(other));
}

/** Throws InvalidParameterValue when other code is meant than there is. */
export function checkCode(given: string | undefined, { code: { sha256: current } }: FunctionVersion): void {
  if (given === undefined || given === current) return;
  throw new InvalidParameterValue(
    `CodeSHA256 (${given}) is different from current CodeSHA256 in $LATEST (${current}). Please try again with the CodeSHA256 in $LATEST.`,
  );
}
