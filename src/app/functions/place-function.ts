import { isDeepStrictEqual } from "node:util";
import type { FunctionDirectory } from "../../engine/function/function-directory.ts";
import { scopeOf } from "../../kernel/scope.ts";
import type { PlacedFunction, PlaceFunction } from "../../provisioning/apply/function/placed-function.ts";
import { DocumentError } from "../../provisioning/document/part.ts";
import type { DeclaredFunction as InFile } from "../../provisioning/world/world.ts";
import { UsageError } from "../settings/config.ts";
import { makeFunction } from "./declare-functions.ts";
import { type DeclaredFunction, readFunction } from "./read-function.ts";

/** Finds a function that a file declares, and how it gets to be as it says. Throws DocumentError. */
export function placeFunction(
  directory: Pick<FunctionDirectory, "in">,
  { place, declared: inFile, deadLetterArn }: Parameters<PlaceFunction>[0],
): PlacedFunction {
  // One without functions is another each time.
  const ofPlace = () => directory.in(scopeOf(place.account, place.region));
  const read = readInFile(inFile, place.account);
  const { name, code, reservedConcurrency } = read;
  const declared = { ...read, settings: { ...read.settings, ...(deadLetterArn !== undefined && { deadLetterArn }) } };
  const record = ofPlace().find(name);
  const undo = () => {
    if (record === undefined) return;
    const functions = ofPlace();
    functions.update(name, { settings: record.latest.settings, code: record.latest.code });
    if (record.reservedConcurrency === undefined) functions.unreserve(name);
    else functions.reserve(name, record.reservedConcurrency);
  };
  const make = () => {
    const functions = ofPlace();
    try {
      makeFunction(functions, declared);
    } catch (cause) {
      if (record !== undefined) undo();
      else if (functions.find(name) !== undefined) functions.delete(name);
      throw cause;
    }
  };
  if (record === undefined) return { found: "missing", make, undo };
  const isSame =
    isDeepStrictEqual(record.latest.settings, declared.settings) &&
    isDeepStrictEqual(record.latest.code, code) &&
    (reservedConcurrency === undefined || reservedConcurrency === record.reservedConcurrency);
  return { found: isSame ? "same" : "other", make, undo };
}

function readInFile({ name, options, path }: InFile, account: string): DeclaredFunction {
  try {
    return readFunction(name, { ...options, account });
  } catch (cause) {
    throw cause instanceof UsageError ? new DocumentError(cause.message, path) : cause;
  }
}
