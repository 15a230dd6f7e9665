import { isJsonObject, parseJsonObject } from "../../kernel/json-object.ts";
import { listOf, statementsOf } from "../policy-statement.ts";
import { InvalidAttributeValue, OverLimit } from "./errors.ts";

/** AWS: quotas of a queue's policy. Developer guide, limitations of custom policies. */
const MAX_BYTES = 8192;
export const MAX_STATEMENTS = 20;
const MAX_PRINCIPALS = 50;
const MAX_CONDITIONS = 10;
export const MAX_ACTIONS = 7;

const VERSIONS: readonly unknown[] = [undefined, "2008-10-17", "2012-10-17"];

/** The policy's text, unchanged. Throws InvalidAttributeValue, or OverLimit for too many actions in a statement. */
export function checkQueuePolicy(text: string): string {
  const policy = parseJsonObject(text);
  if (policy === undefined || Buffer.byteLength(text) > MAX_BYTES || !VERSIONS.includes(policy.Version)) refuse();
  const statements = statementsOf(policy);
  if (statements.length === 0 || statements.length > MAX_STATEMENTS) refuse();
  for (const statement of statements) checkStatement(statement);
  return text;
}

function checkStatement(statement: unknown): void {
  if (!isJsonObject(statement) || (statement.Effect !== "Allow" && statement.Effect !== "Deny")) return refuse();
  const actions = listOf(statement.Action ?? statement.NotAction);
  if (actions.length === 0 || actions.some((action) => typeof action !== "string")) refuse();
  if (actions.length > MAX_ACTIONS) {
    throw new OverLimit(
      `${actions.length} actions were found in a statement from the submitted policy, max allowed is ${MAX_ACTIONS}`,
    );
  }
  const principals = principalsOf(statement.Principal ?? statement.NotPrincipal);
  if (principals.length === 0 || principals.length > MAX_PRINCIPALS) refuse();
  if (conditionsOf(statement.Condition ?? {}) > MAX_CONDITIONS) refuse();
}

/** `"*"`, or lists by kind: `{"AWS": ["*"], "Service": "sns.amazonaws.com"}`. */
function principalsOf(principal: unknown): readonly unknown[] {
  if (isJsonObject(principal)) return Object.values(principal).flatMap(listOf);
  return principal === "*" ? [principal] : [];
}

/** How many keys the condition tests: `{"ArnLike": {"aws:SourceArn": …}}` tests one. */
function conditionsOf(condition: unknown): number {
  if (!isJsonObject(condition)) return refuse();
  let count = 0;
  for (const tested of Object.values(condition)) count += isJsonObject(tested) ? Object.keys(tested).length : refuse();
  return count;
}

function refuse(): never {
  throw new InvalidAttributeValue("Policy");
}
