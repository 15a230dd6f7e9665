import type { Scope } from "../../../kernel/scope.ts";

/** A request that was refused. */
export interface Refusal {
  readonly service: string | undefined;
  readonly operation: string | undefined;
  /** As the caller named it. */
  readonly resource: string | undefined;
  readonly scope: Scope;
  /** The shape of the error. */
  readonly errorCode: string;
  readonly errorMessage: string;
  /** What the operation got; undefined where it came to none. */
  readonly input: unknown;
}

/** A member of the input that is a text. */
export function textIn(input: unknown, member: string): string | undefined {
  if (typeof input !== "object" || input === null || !Object.hasOwn(input, member)) return undefined;
  const value = (input as Readonly<Record<string, unknown>>)[member];
  return typeof value === "string" && value !== "" ? value : undefined;
}
