import { expect, test } from "vitest";
import { NO_CONTENT, type StackStatus } from "../../../src/engine/stack/stack.ts";
import { StackDirectory } from "../../../src/engine/stack/stack-directory.ts";
import { seededIds } from "../../../src/kernel/ids.ts";
import { scopeOf } from "../../../src/kernel/scope.ts";
import { stillTime } from "../../support/queue.ts";

const scope = scopeOf("111111111111", "us-east-1");
const CUT_OFF = "Cut off: the server was started anew, or its state brought back, while this was under way";
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
  expect(stacks.find("shop")?.statusReason).toBe(status === after ? undefined : CUT_OFF);
});

test("the resources that were under way are told of as failed, in AWS's words, and then the stack", () => {
  const directory = new StackDirectory({ clockOf: () => stillTime, ids: seededIds("interrupt") });
  const stacks = directory.in(scope);
  const { id, ...draft } = stacks.draft({ name: "shop", status: "CREATE_IN_PROGRESS", settings });
  stacks.open({ id, ...draft, content: NO_CONTENT });
  const type = "AWS::CloudFormation::WaitCondition";
  for (const [logicalId, status] of [
    ["Handle", "CREATE_COMPLETE"],
    ["Ready", "CREATE_IN_PROGRESS"],
    ["Warm", "CREATE_IN_PROGRESS"],
    ["Old", "DELETE_IN_PROGRESS"],
  ] as const) {
    stacks.tell(id, { logicalId, type, status, physicalId: "" });
  }
  directory.interrupt();
  const told = stacks
    .history(id)
    ?.lines.slice(-4)
    .map(({ logicalId, status, reason }) => [logicalId, status, reason]);
  const failures =
    "The following resource(s) failed to create: [Ready, Warm]. The following resource(s) failed to delete: [Old]. ";
  expect(told).toEqual([
    ["Ready", "CREATE_FAILED", CUT_OFF],
    ["Warm", "CREATE_FAILED", CUT_OFF],
    ["Old", "DELETE_FAILED", CUT_OFF],
    ["shop", "CREATE_FAILED", `${failures}${CUT_OFF}`],
  ]);
  expect([...(stacks.history(id)?.resources() ?? [])].map(({ status }) => status)).toEqual([
    "CREATE_COMPLETE",
    "CREATE_FAILED",
    "CREATE_FAILED",
    "DELETE_FAILED",
  ]);
});
