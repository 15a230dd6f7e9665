import { isAccountId } from "../../../kernel/scope.ts";
import { invalidValue, OverLimit } from "../errors.ts";
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
