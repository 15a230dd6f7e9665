import { parseJsonObject } from "../../kernel/json-object.ts";
import { listOf, statementsOf } from "../policy-statement.ts";
import { invalidArgument } from "./refusals.ts";

/** Throws InvalidArgumentException unless the text is a policy for the resource. The texts are ours. */
export function checkPolicy(text: string, resourceArn: string): void {
  const policy = parseJsonObject(text);
  if (policy === undefined) throw invalidArgument("Policy is not a JSON object.");
  for (const statement of statementsOf(policy)) {
    const resources = listOf((statement as { readonly Resource?: unknown } | null)?.Resource);
    const other = resources.find((resource) => resource !== resourceArn);
    if (other !== undefined) {
      const shown = typeof other === "string" ? other : JSON.stringify(other);
      throw invalidArgument(`The Resource of the policy must be ${resourceArn}, not ${shown}.`);
    }
  }
}
