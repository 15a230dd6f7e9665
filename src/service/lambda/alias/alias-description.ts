import type { Alias } from "../../../engine/function/function.ts";
import { functionArn } from "../../../engine/function/function-book.ts";
import type { Scope } from "../../../kernel/scope.ts";
import { double, map, string, structure } from "../../../model/shape.ts";
import { pattern } from "../../constraint-wording.ts";

export const aliasName = string({ min: 1, max: 128, pattern: pattern("(?!^[0-9]+$)([a-zA-Z0-9-_]+)") });
export const aliasVersion = string({ min: 1, max: 1024, pattern: pattern("(\\$LATEST(\\.PUBLISHED)?|[0-9]+)") });
export const routingConfig = structure({
  AdditionalVersionWeights: map(double({ min: 0, max: 1 }), {
    key: string({ min: 1, max: 1024, pattern: pattern("[0-9]+") }),
  }),
});

/** An alias as answers show it. */
export const aliasAnswer = structure({
  AliasArn: string(),
  Name: string(),
  FunctionVersion: string(),
  Description: string(),
  RoutingConfig: structure({ AdditionalVersionWeights: map(double()) }),
  RevisionId: string(),
});

/** What answers say of an alias. */
export function describedAlias(scope: Scope, name: string, alias: Alias) {
  const { name: Name, version, description, weights, revisionId } = alias;
  return {
    AliasArn: functionArn(scope, name, Name),
    Name,
    FunctionVersion: version,
    Description: description,
    RevisionId: revisionId,
    ...(weights && { RoutingConfig: { AdditionalVersionWeights: weights } }),
  };
}

/** The shares of other versions that a request gives, as data of our own. */
export function weightsOf(given: Readonly<Record<string, number>> = {}): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(given));
}
