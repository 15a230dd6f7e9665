import { StackError } from "../../../engine/stack/stack-errors.ts";
import { isJsonObject, type JsonObject, parseJsonObject } from "../../../kernel/json/json-object.ts";
import { listOf } from "../../policy-statement.ts";
import type { CloudFormationContext } from "../operation.ts";
import { objectText } from "../template/object-text.ts";

/** Where a request has the policy of a stack. */
interface PolicySource {
  readonly StackPolicyBody?: string | undefined;
  readonly StackPolicyURL?: string | undefined;
}

/** Where a request has the policy that holds while it is carried out, and no longer. */
interface TemporaryPolicySource {
  readonly StackPolicyDuringUpdateBody?: string | undefined;
  readonly StackPolicyDuringUpdateURL?: string | undefined;
}

/** The policy that a request gives; undefined when it gives none. Throws StackError for what is no policy. */
export function policyText(
  context: CloudFormationContext,
  { StackPolicyBody: body, StackPolicyURL: url }: PolicySource,
): Promise<string | undefined> {
  return textOf(context, { body, url, name: "StackPolicy" });
}

/** The same of the policy that holds during an update. */
export function temporaryPolicyText(
  context: CloudFormationContext,
  { StackPolicyDuringUpdateBody: body, StackPolicyDuringUpdateURL: url }: TemporaryPolicySource,
): Promise<string | undefined> {
  return textOf(context, { body, url, name: "StackPolicyDuringUpdate" });
}

interface Named {
  readonly body: string | undefined;
  readonly url: string | undefined;
  readonly name: string;
}

async function textOf(context: CloudFormationContext, { body, url, name }: Named): Promise<string | undefined> {
  if (body !== undefined && url !== undefined) {
    throw new StackError(`You cannot specify both ${name}URL and ${name}Body`);
  }
  const text = url === undefined ? body : await objectText(context, url);
  if (text !== undefined && !isPolicy(parseJsonObject(text))) {
    throw new StackError("Error validating stack policy: Invalid stack policy");
  }
  return text;
}

/** AWS: nobody but everybody can be named, and nothing but updates. */
function isPolicy(policy: JsonObject | undefined): boolean {
  return Array.isArray(policy?.Statement) && policy.Statement.every(isStatement);
}

function isStatement(statement: unknown): boolean {
  if (!isJsonObject(statement)) return false;
  const { Effect, Principal, Action, NotAction } = statement;
  const actions = listOf(Action ?? NotAction);
  const areUpdates = actions.length > 0 && actions.every((one) => typeof one === "string" && ACTION.test(one));
  return (Effect === "Allow" || Effect === "Deny") && Principal === "*" && areUpdates;
}

const ACTION = /^(?:\*|Update:(?:\*|Modify|Replace|Delete))$/;
