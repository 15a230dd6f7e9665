import { isJsonObject, type JsonObject } from "../kernel/json/json-object.ts";

/** What AddPermission grants. */
interface Permission {
  readonly label: string;
  readonly accounts: readonly string[];
  /** As they stand in policies: `SNS:Publish`. */
  readonly actions: readonly string[];
}

/** The part of a resource that permissions mention. */
interface Resource {
  readonly arn: string;
  readonly scope: { readonly partition: string };
}

/** The statements of a policy, which may be a single one without a list around it. */
export function statementsOf(policy: JsonObject): readonly unknown[] {
  return listOf(policy.Statement);
}

/** The values a policy gives for something: a list, or a single one without a list around it. */
export function listOf(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

/** Whether a statement of the policy goes by that label. */
export function hasPermission(policy: JsonObject, label: string): boolean {
  return statementsOf(policy).some((statement) => isLabelled(statement, label));
}

/** The policy with the permission as its last statement; the rest of it stays as it is. */
export function withPermission(policy: JsonObject, permission: Permission, resource: Resource): JsonObject {
  return { ...policy, Statement: [...statementsOf(policy), statementOf(permission, resource)] };
}

/** The policy without the label's statement. */
export function withoutPermission(policy: JsonObject, label: string): JsonObject {
  return { ...policy, Statement: statementsOf(policy).filter((statement) => !isLabelled(statement, label)) };
}

function isLabelled(statement: unknown, label: string): boolean {
  return isJsonObject(statement) && statement.Sid === label;
}

function statementOf({ label, accounts, actions }: Permission, { arn, scope }: Resource): JsonObject {
  return {
    Sid: label,
    Effect: "Allow",
    Principal: { AWS: oneOrAll(accounts.map((account) => `arn:${scope.partition}:iam::${account}:root`)) },
    Action: oneOrAll(actions),
    Resource: arn,
  };
}

function oneOrAll(values: readonly string[]): string | readonly string[] {
  const [first, ...others] = values;
  return first === undefined || others.length > 0 ? values : first;
}
