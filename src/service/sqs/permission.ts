import { isJsonObject, type JsonObject, parseJsonObject } from "./json-object.ts";
import { statementsOf } from "./queue-policy.ts";

/** What AddPermission grants. */
export interface Permission {
  readonly label: string;
  readonly accounts: readonly string[];
  readonly actions: readonly string[];
}

/** The part of a queue that permissions mention. */
interface Resource {
  readonly arn: string;
  readonly scope: { readonly partition: string };
}

/** Whether a statement of the policy goes by that label. */
export function hasPermission(policyText: string | undefined, label: string): boolean {
  return statementsIn(policyText).some((statement) => isLabelled(statement, label));
}

/** The policy with the permission as its last statement. An existing policy keeps its version and id. */
export function withPermission(policyText: string | undefined, permission: Permission, queue: Resource): string {
  const policy = parseJsonObject(policyText) ?? emptyPolicy(queue);
  return JSON.stringify({ ...policy, Statement: [...statementsOf(policy), statementOf(permission, queue)] });
}

/** The policy without the label's statement; the empty text when nothing remains. */
export function withoutPermission(policyText: string | undefined, label: string): string {
  const remaining = statementsIn(policyText).filter((statement) => !isLabelled(statement, label));
  if (remaining.length === 0) return "";
  return JSON.stringify({ ...parseJsonObject(policyText), Statement: remaining });
}

function statementsIn(policyText: string | undefined): readonly unknown[] {
  const policy = parseJsonObject(policyText);
  return policy === undefined ? [] : statementsOf(policy);
}

function isLabelled(statement: unknown, label: string): boolean {
  return isJsonObject(statement) && statement.Sid === label;
}

function emptyPolicy({ arn }: Resource): JsonObject {
  return { Version: "2008-10-17", Id: `${arn}/SQSDefaultPolicy`, Statement: [] };
}

function statementOf({ label, accounts, actions }: Permission, { arn, scope }: Resource): JsonObject {
  return {
    Sid: label,
    Effect: "Allow",
    Principal: { AWS: oneOrAll(accounts.map((account) => `arn:${scope.partition}:iam::${account}:root`)) },
    Action: oneOrAll(actions.map((action) => `SQS:${action}`)),
    Resource: arn,
  };
}

function oneOrAll(values: readonly string[]): string | readonly string[] {
  return values.length === 1 ? values[0]! : values;
}
