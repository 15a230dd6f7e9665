import { isJsonObject, parseJsonObject } from "../../../kernel/json/json-object.ts";
import { listOf, statementsOf } from "../../policy-statement.ts";
import { InvalidAttributeValue, OverLimit } from "../errors.ts";

/** AWS: quotas of a queue's policy. Developer guide, limitations of custom policies. */
const MAX_BYTES = 8192;
const MAX_STATEMENTS = 20;
const MAX_PRINCIPALS = 50;
const MAX_CONDITIONS = 10;
export const MAX_ACTIONS = 7;

const VERSIONS: readonly unknown[] = [undefined, "2008-10-17", "2012-10-17"];

/** The policy's text, unchanged. Throws InvalidAttributeValue, or OverLimit for one that is too large. */
export function checkQueuePolicy(text: string): string {
  if (Buffer.byteLength(text) > MAX_BYTES) throw new OverLimit("Submitted policy is over max allowed size.");
  const policy = parseJsonObject(text);
  if (policy === undefined || !VERSIONS.includes(policy.Version)) refuse();
  const statements = statementsOf(policy);
  if (statements.length === 0) refuse();
  checkQuota(statements.length, MAX_STATEMENTS, "statements were found in the submitted policy");
  for (const statement of statements) checkStatement(statement);
  return text;
}

function checkStatement(statement: unknown): void {
  if (!isJsonObject(statement) || (statement.Effect !== "Allow" && statement.Effect !== "Deny")) return refuse();
  const actions = listOf(statement.Action ?? statement.NotAction);
  if (actions.length === 0 || actions.some((action) => typeof action !== "string")) refuse();
  const principals = principalsOf(statement.Principal ?? statement.NotPrincipal);
  if (principals.length === 0) refuse();
  const conditionCount = conditionsOf(statement.Condition ?? {});
  checkQuota(actions.length, MAX_ACTIONS, "actions were found in a statement from the submitted policy");
  // GAP: the texts of these two are not known; they are taken to be like the others.
  checkQuota(principals.length, MAX_PRINCIPALS, "principals were found in a statement from the submitted policy");
  checkQuota(conditionCount, MAX_CONDITIONS, "conditions were found in a statement from the submitted policy");
}

function checkQuota(count: number, max: number, finding: string): void {
  if (count > max) throw new OverLimit(`${count} ${finding}, max allowed is ${max}`);
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
