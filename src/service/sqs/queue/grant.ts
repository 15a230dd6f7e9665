import { type JsonObject, parseJsonObject } from "../../../kernel/json/json-object.ts";
import { isAccountId } from "../../../kernel/scope.ts";
import { statementsOf } from "../../policy-statement.ts";
import { invalidValue, OverLimit } from "../errors.ts";
import type { QueueContext } from "../operation.ts";
import { setAttributes } from "./attribute-changes.ts";
import { MAX_ACTIONS } from "./queue-policy.ts";

/** What a permission can allow. Batch operations need the permission of the single one. API_AddPermission. */
const GRANTABLE: readonly string[] = [
  "*",
  "ChangeMessageVisibility",
  "DeleteMessage",
  "GetQueueAttributes",
  "GetQueueUrl",
  "ListDeadLetterSourceQueues",
  "PurgeQueue",
  "ReceiveMessage",
  "SendMessage",
];

const OWNERS_ONLY: readonly string[] = [
  "AddPermission",
  "CancelMessageMoveTask",
  "CreateQueue",
  "DeleteQueue",
  "ListMessageMoveTasks",
  "ListQueues",
  "ListQueueTags",
  "RemovePermission",
  "SetQueueAttributes",
  "StartMessageMoveTask",
  "TagQueue",
  "UntagQueue",
];

/** Throws unless AddPermission can let these accounts perform these actions. */
export function checkGrant(accounts: readonly string[], actions: readonly string[]): void {
  if (actions.length > MAX_ACTIONS) {
    throw new OverLimit(`${actions.length} Actions were found, maximum allowed is ${MAX_ACTIONS}.`);
  }
  for (const action of actions) checkAction(action);
  if (accounts.length === 0 || !accounts.every(isAccountId)) {
    throw invalidValue("PrincipalId", `[${accounts.join(", ")}]`, "Unable to verify.");
  }
}

function checkAction(action: string): void {
  if (GRANTABLE.includes(action)) return;
  const reason = OWNERS_ONLY.includes(action)
    ? "Only the queue owner is allowed to invoke this action."
    : "Please refer to the appropriate WSDL for a list of valid actions. ";
  throw invalidValue("ActionName", `SQS:${action}`, reason);
}

/** The queue's policy; one without statements when it has none. */
export function policyOf({ queue }: QueueContext): JsonObject {
  const empty = { Version: "2008-10-17", Id: `${queue.arn}/SQSDefaultPolicy`, Statement: [] };
  return parseJsonObject(queue.attributes.Policy) ?? empty;
}

/** Gives the queue another policy; none at all when no statement is left in it. */
export function setPolicy(context: QueueContext, policy: JsonObject): void {
  setAttributes(context, { Policy: statementsOf(policy).length === 0 ? "" : JSON.stringify(policy) });
}
