import { expect, test } from "vitest";
import { NO_CONTENT } from "../../../src/engine/stack/stack.ts";
import { StackDirectory } from "../../../src/engine/stack/stack-directory.ts";
import { seededIds } from "../../../src/kernel/ids.ts";
import { scopeOf } from "../../../src/kernel/scope.ts";
import { stillTime } from "../../support/queue.ts";

test("the entries of a stack stay as they were when more happens to it", () => {
  const directory = new StackDirectory({ clockOf: () => stillTime, ids: seededIds("entries") });
  const stacks = directory.in(scopeOf("111111111111", "us-east-1"));
  const settings = { disableRollback: false, notificationArns: [] };
  const { id, ...draft } = stacks.draft({ name: "shop", status: "CREATE_IN_PROGRESS", settings });
  stacks.open({ id, ...draft, content: NO_CONTENT });
  const told = (status: string) =>
    stacks.tell(id, { logicalId: "Jobs", type: "AWS::SQS::Queue", status, physicalId: "" });
  told("CREATE_IN_PROGRESS");
  const written = [...directory.entries()];
  const before = JSON.stringify(written);
  const taken = [...directory.taken()];
  told("CREATE_COMPLETE");
  stacks.move(id, { status: "CREATE_COMPLETE" });
  expect(JSON.stringify(written)).toBe(before);
  expect(JSON.stringify(taken.flatMap((entries) => [...entries]))).toBe(before);
  expect(stacks.history(id)?.lines).toHaveLength(4);
});
