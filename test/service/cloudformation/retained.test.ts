import { expect, test } from "vitest";
import { aCloudFormation, queue, template } from "../../support/cloudformation.ts";

const StackName = "app";
const POLICIES = ["Delete", "Retain", "RetainExceptOnCreate"] as const;
/** A queue for each policy, and one that cannot be. */
const broken = template({
  ...Object.fromEntries(POLICIES.map((DeletionPolicy) => [DeletionPolicy, queue({}, { DeletionPolicy })])),
  Broken: queue({ DelaySeconds: 901 }, { DependsOn: POLICIES }),
});

/** Which queues are there, by the policies after which they are called. */
async function left(aws: ReturnType<typeof aCloudFormation>): Promise<readonly string[]> {
  const { QueueUrls = [] } = await aws.other("sqs", "ListQueues", {});
  return QueueUrls.map((url: string) => url.split("-").at(-2)).sort();
}

test.for([
  [undefined, ["Retain"]],
  [true, []],
] as const)(
  "of a creation with RetainExceptOnCreate %j that fails is left %j",
  async ([RetainExceptOnCreate, queues]) => {
    await using aws = aCloudFormation();
    await aws.call("CreateStack", { StackName, TemplateBody: broken, RetainExceptOnCreate });
    expect([await left(aws), (await aws.stack(StackName)).StackStatus]).toEqual([queues, "ROLLBACK_COMPLETE"]);
  },
);

test.for([
  [undefined, ["Old", "Retain"]],
  [true, ["Old"]],
] as const)(
  "of an update with RetainExceptOnCreate %j that fails is left %j",
  async ([RetainExceptOnCreate, queues]) => {
    for (const name of ["UpdateStack", "CreateChangeSet"]) {
      await using aws = aCloudFormation();
      const Old = queue({}, { DeletionPolicy: "Retain" });
      await aws.call("CreateStack", { StackName, TemplateBody: template({ Old }) });
      const { Resources } = JSON.parse(broken);
      const TemplateBody = template({ Old, ...Resources });
      await aws.call(name, { StackName, TemplateBody, RetainExceptOnCreate, ChangeSetName: "change" });
      const execution = { StackName, ChangeSetName: "change", RetainExceptOnCreate };
      if (name === "CreateChangeSet") await aws.call("ExecuteChangeSet", execution);
      expect([await left(aws), (await aws.stack(StackName)).StackStatus]).toEqual([queues, "UPDATE_ROLLBACK_COMPLETE"]);
    }
  },
);

test.for([
  [undefined, ["Retain"]],
  [true, []],
] as const)("of a stack that RollbackStack undoes with RetainExceptOnCreate %j is left %j", async ([given, queues]) => {
  await using aws = aCloudFormation();
  await aws.call("CreateStack", { StackName, TemplateBody: broken, DisableRollback: true });
  expect(await left(aws)).toEqual(POLICIES.toSorted());
  await aws.call("RollbackStack", { StackName, RetainExceptOnCreate: given });
  expect([await left(aws), (await aws.stack(StackName)).StackStatus]).toEqual([queues, "ROLLBACK_COMPLETE"]);
});
