import { isJsonObject, type JsonObject, parseJsonObject } from "../../../kernel/json/json-object.ts";
import type { ChangeOfResource } from "../../../provisioning/resource/apply/application.ts";
import { listOf, statementsOf } from "../../policy-statement.ts";

/**
 * Why a policy does not let a resource be changed; undefined when it does. AWS: what is denied stays denied, and what no statement allows
 * is denied as well. Only `StringEquals` and `StringLike` of `ResourceType` are conditions.
 */
export function denialOf(text: string, change: ChangeOfResource): string | undefined {
  const statements = statementsOf(parseJsonObject(text) ?? {}).filter(isJsonObject);
  const fitting = statements.filter((statement) => isAbout(statement, change));
  const denying = fitting.find(({ Effect }) => Effect === "Deny");
  const { Action, Resource } = denying ?? {};
  if (denying !== undefined) {
    const number = statements.indexOf(denying) + 1;
    return `Action denied by stack policy: Statement [#${number}] does not allow [${shown(Action)}] for resource [${shown(Resource)}]`;
  }
  if (fitting.length > 0) return undefined;
  return `Action denied by stack policy: no statement allows [Update:${change.action}] for resource [${nameOf(change)}]`;
}

function shown(values: unknown): string {
  return listOf(values).join(", ");
}

function nameOf({ logicalId }: ChangeOfResource): string {
  return `LogicalResourceId/${logicalId}`;
}

function isAbout(statement: JsonObject, change: ChangeOfResource): boolean {
  const { Action, NotAction, Resource, NotResource, Condition = {} } = statement;
  return (
    isAmong(`Update:${change.action}`, Action, NotAction) &&
    isAmong(nameOf(change), Resource, NotResource) &&
    Object.entries(isJsonObject(Condition) ? Condition : {}).every(([operator, keys]) => {
      const types = listOf(isJsonObject(keys) ? keys.ResourceType : undefined);
      return operator === "StringLike" ? types.some((type) => isLike(change.type, type)) : types.includes(change.type);
    })
  );
}

/** AWS: a statement that says neither what it is about nor what it is not about is about nothing. */
function isAmong(name: string, values: unknown, others: unknown): boolean {
  if (values !== undefined) return listOf(values).some((value) => isLike(name, value));
  return others !== undefined && !listOf(others).some((value) => isLike(name, value));
}

/** Whether a text is what a pattern says, in which a star stands for anything. Costs the product of their lengths. */
function isLike(text: string, pattern: unknown): boolean {
  const [first = "", ...parts] = String(pattern).split("*");
  if (parts.length === 0) return text === first;
  const last = parts.pop() ?? "";
  if (!text.startsWith(first) || !text.endsWith(last)) return false;
  let at = first.length;
  for (const part of parts) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= text.length - last.length;
}
