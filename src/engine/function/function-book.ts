import { formatArn } from "../../kernel/arn.ts";
import type { Scope } from "../../kernel/scope.ts";
import type { FunctionRecord } from "./function.ts";
import { PreconditionFailed, ResourceNotFound } from "./function-errors.ts";
import type { FunctionEvent } from "./function-event.ts";

/** What the parts of the engine work on: the functions of one account and region. */
export interface FunctionBook {
  readonly scope: Scope;
  now(): number;
  /** A new revision id. */
  revision(): string;
  find(name: string): FunctionRecord | undefined;
  /** Has it happened, all of it or nothing. */
  record(first: FunctionEvent, ...more: readonly FunctionEvent[]): void;
}

/** The ARN of a function, or of its version or alias. */
export function functionArn(scope: Scope, name: string, qualifier?: string): string {
  return formatArn("lambda", scope, `function:${name}${qualifier === undefined ? "" : `:${qualifier}`}`);
}

/** The error for a function, a version or an alias that is not there. */
export function functionNotFound(scope: Scope, name: string, qualifier?: string) {
  return new ResourceNotFound(`Function not found: ${functionArn(scope, name, qualifier)}`);
}

/** The function of that name. Throws ResourceNotFound, which mentions the qualifier. */
export function functionIn(
  book: Pick<FunctionBook, "scope" | "find">,
  name: string,
  qualifier?: string,
): FunctionRecord {
  const record = book.find(name);
  if (record === undefined) throw functionNotFound(book.scope, name, qualifier);
  return record;
}

/** Throws PreconditionFailed when a change is meant for another revision than there is. */
export function checkRevision(
  wanted: string | undefined,
  { revisionId }: { readonly revisionId: string },
  calls = "GetFunction/GetAlias",
): void {
  if (wanted !== undefined && wanted !== revisionId) throw new PreconditionFailed(calls);
}
