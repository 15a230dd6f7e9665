import { expect, test } from "vitest";
import { NO_CONTENT, type StackStatus } from "../../../src/engine/stack/stack.ts";
import { StackDirectory } from "../../../src/engine/stack/stack-directory.ts";
import { seededIds } from "../../../src/kernel/ids.ts";
import { scopeOf } from "../../../src/kernel/scope.ts";
import { stillTime } from "../../support/queue.ts";

const scope = scopeOf("111111111111", "us-east-1");
const settings = { disableRollback: false, notificationArns: [] };

test.for<readonly [StackStatus, StackStatus]>([
  ["CREATE_IN_PROGRESS", "CREATE_FAILED"],
  ["UPDATE_IN_PROGRESS", "UPDATE_FAILED"],
  ["DELETE_IN_PROGRESS", "DELETE_FAILED"],
  ["ROLLBACK_IN_PROGRESS", "ROLLBACK_FAILED"],
  ["UPDATE_ROLLBACK_IN_PROGRESS", "UPDATE_ROLLBACK_FAILED"],
  ["UPDATE_COMPLETE_CLEANUP_IN_PROGRESS", "UPDATE_COMPLETE"],
  ["UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS", "UPDATE_ROLLBACK_COMPLETE"],
  ["REVIEW_IN_PROGRESS", "REVIEW_IN_PROGRESS"],
  ["CREATE_COMPLETE", "CREATE_COMPLETE"],
])("a stack that was cut off in %s is in %s", ([status, after]) => {
  const directory = new StackDirectory({ clockOf: () => stillTime, ids: seededIds("interrupt") });
  const stacks = directory.in(scope);
  const draft = stacks.draft({ name: "shop", status: "CREATE_IN_PROGRESS", settings });
  stacks.open({ ...draft, content: NO_CONTENT });
  stacks.move(draft.id, { status });
  directory.interrupt(scope.account);
  expect(stacks.find("shop")?.status).toBe(after);
  expect(stacks.find("shop")?.statusReason).toBe(status === after ? undefined : "What was under way was cut off");
});
