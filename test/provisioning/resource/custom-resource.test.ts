import { describe, expect, test } from "vitest";
import { seededIds } from "../../../src/kernel/ids.ts";
import { CallbackBox } from "../../../src/provisioning/resource/callbacks.ts";
import { customResource } from "../../../src/provisioning/resource/cloudformation/custom-resource.ts";
import { ResourceFailure, type UnknownResources } from "../../../src/provisioning/resource/resource-type.ts";
import { checkTypes } from "../../../src/provisioning/resource/types.ts";
import { resolved, SCOPE, STACK } from "../../support/provisioning.ts";

const ServiceToken = "arn:aws:lambda:us-east-1:000000000000:function:maker";

/** What a maker does with a request: the token of its URL, and what was asked. */
type Maker = (box: CallbackBox, token: string, request: Record<string, unknown>) => void;

/** A context in which functions are invoked as told, and waiting ends at once. */
function asking(maker: Maker, unknown: UnknownResources = "refuse") {
  const box = new CallbackBox(seededIds("custom"));
  const waits: number[] = [];
  const wait = async (ms: number): Promise<void> => void waits.push(ms);
  const calls: (readonly [call: string, input: Record<string, unknown>])[] = [];
  const context = {
    logicalId: "Made",
    type: "Custom::Thing",
    stack: STACK,
    scope: SCOPE,
    ids: seededIds("requests"),
    callbacks: box.at({ account: SCOPE.account, base: "http://localhost/", wait }),
    unknown,
    wait,
    operate: async (call: string, input: Record<string, unknown>) => {
      calls.push([call, input]);
      const request = JSON.parse(Buffer.from(String(input.Payload), "base64").toString());
      maker(box, request.ResponseURL.split("/").at(-1), request);
      return {};
    },
  } as Parameters<typeof customResource.create>[0];
  return { context, calls, waits };
}

const wanted = (more: object = {}) => ({ properties: { ServiceToken, Size: 1, ...more }, tags: {} });
const missing: Maker = () => {
  throw new ResourceFailure("NotFound", "Function not found");
};

describe("a custom resource behind a function", () => {
  test("is asked for by an event of AWS's form", async () => {
    const { context, calls } = asking((box, token) => {
      box.put(token, { Status: "SUCCESS", PhysicalResourceId: "one", Data: { Name: "named" } });
    });
    expect(await customResource.create(context, wanted())).toEqual({
      physicalId: "one",
      attributes: { Name: "named" },
    });
    const [[call, { FunctionName, InvocationType, Payload }] = ["", {} as Record<string, unknown>]] = calls;
    expect([call, FunctionName, InvocationType]).toEqual(["lambda Invoke", ServiceToken, "Event"]);
    expect(JSON.parse(Buffer.from(String(Payload), "base64").toString())).toEqual({
      RequestType: "Create",
      ServiceToken,
      ResponseURL: expect.stringMatching(/^http:\/\/localhost\/[0-9a-f-]{36}$/),
      RequestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      StackId: STACK.id,
      LogicalResourceId: "Made",
      ResourceType: "Custom::Thing",
      ResourceProperties: { ServiceToken, Size: "1" },
    });
  });

  test.for([
    { ServiceTimeout: undefined, ms: 3_600_000 },
    { ServiceTimeout: "90", ms: 90_000 },
    { ServiceTimeout: 14_400, ms: 14_400_000 },
  ])("that is not answered for fails after its ServiceTimeout of $ServiceTimeout", async ({ ServiceTimeout, ms }) => {
    const { context, waits } = asking(() => {});
    await expect(
      customResource.create(context, wanted({ ...(ServiceTimeout !== undefined && { ServiceTimeout }) })),
    ).rejects.toThrow(
      /^CloudFormation did not receive a response from your Custom Resource\. Please check your logs for requestId \[/,
    );
    expect(waits).toEqual([ms]);
  });

  test("whose function failed for good is not waited for", async () => {
    const { context, waits } = asking((box, token) => box.giveUp(token, "maker failed: no"));
    await expect(customResource.create(context, wanted())).rejects.toThrow(/ maker failed: no$/);
    expect(waits).toEqual([]);
  });

  test("without a physical id is none", async () => {
    const { context } = asking((box, token) => void box.put(token, { Status: "SUCCESS" }));
    await expect(customResource.create(context, wanted())).rejects.toThrow("Invalid PhysicalResourceId");
  });

  test.for<[string, Maker]>([
    ["is not there", missing],
    ["failed without an answer", (box, token) => box.giveUp(token, "no")],
  ])("whose function %s is a stub where stubs are wanted, and stays one", async ([, maker]) => {
    const { context, calls } = asking(maker, "stub");
    const made = await customResource.create(context, wanted());
    expect(made.physicalId).toMatch(/^app-Made-/);
    const before = calls.length;
    expect(await customResource.update(context, { ...made, before: wanted(), after: wanted({ Size: 2 }) })).toEqual(
      made,
    );
    await customResource.delete(context, { ...made, ...wanted() });
    expect(calls).toHaveLength(before);
  });

  test("whose function is not there fails where stubs are not wanted, and nobody waits", async () => {
    const { context } = asking(missing);
    await expect(customResource.create(context, wanted())).rejects.toThrow("Function not found");
  });
});

const of = (token: unknown) => ({ Resources: { A: { Type: "Custom::B", Properties: { ServiceToken: token } } } });

test.for([
  ["a queue", "arn:aws:sqs:us-east-1:000000000000:q"],
  ["no ARN", "maker"],
])("a custom resource behind %s fails, unless stubs are wanted", async ([, token]) => {
  const stack = await resolved(of(token));
  expect(() => checkTypes(stack, "refuse")).not.toThrow();
  const wish = wanted({ ServiceToken: token });
  await expect(customResource.create(asking(missing).context, wish)).rejects.toThrow(/^Invalid service token$/);
  const made = await customResource.create(asking(missing, "stub").context, wish);
  expect(made.physicalId).toMatch(/^app-Made-/);
});

test.for([0, 14_401, 1.5, "x"])("ServiceTimeout %j is refused", async (ServiceTimeout) => {
  const { context, waits } = asking(() => {});
  await expect(customResource.create(context, wanted({ ServiceTimeout }))).rejects.toThrow(
    /^ServiceTimeout must be an integer between 1 and 14400 seconds$/,
  );
  expect(waits).toEqual([]);
});

test("one behind a function is made, be it one of the stack itself", async () => {
  expect(() => checkTypes({ resources: new Map(), outputs: [] }, "refuse")).not.toThrow();
  const stack = await resolved(of(ServiceToken));
  expect(() => checkTypes(stack, "refuse")).not.toThrow();
});
