import { expect, test } from "vitest";
import { anEmulator } from "../support/emulator.ts";
import { signedHeaders } from "../support/signed.ts";

const MAKER = "arn:aws:sns:us-east-1:000000000000:maker";

/** The thing of a stack, which somebody behind a topic makes, and what else there is in a template. */
function body(level: number, more: object = {}): { readonly TemplateBody: string } {
  const Thing = { Type: "Custom::Thing", Properties: { ServiceToken: MAKER, level } };
  return { TemplateBody: JSON.stringify({ Resources: { Thing, ...more } }) };
}

/** A server with the stack `app`, and who makes its thing. */
async function aMaker() {
  const emulator = await anEmulator({ queues: ["maker"], topics: ["maker"], subscriptions: ["maker>maker"] });
  const ask = async (Action: string, input: Readonly<Record<string, string>> = {}): Promise<string> => {
    const form = new URLSearchParams({ Action, Version: "2010-05-15", StackName: "app", ...input });
    const headers = signedHeaders("cloudformation");
    return (await fetch(emulator.endpoint, { method: "POST", headers, body: form })).text();
  };
  const requests = async (): Promise<readonly Record<string, string>[]> => {
    const messages = await emulator.queue("maker").messages();
    return messages.map(({ body: text = "" }) => JSON.parse(JSON.parse(text).Message));
  };
  let answered = 0;
  return {
    ask,
    /** What was asked of the maker since it last answered. */
    asked: async () => (await requests()).slice(answered).map(({ RequestType }) => RequestType),
    /** Answers the next request, and says what it was. */
    async answer(Status: "SUCCESS" | "FAILED"): Promise<string | undefined> {
      const { ResponseURL = "", RequestType } = (await requests())[answered++] ?? {};
      const reply = { Status, PhysicalResourceId: "thing" };
      await fetch(ResponseURL, { method: "PUT", body: JSON.stringify(reply) });
      return RequestType;
    },
    status: async () => /<StackStatus>(.*?)</.exec(await ask("DescribeStacks"))?.[1],
    /** What happened since the stack was last asked of, the oldest first. */
    async story(from = 0): Promise<readonly string[]> {
      const told = await ask("DescribeStackEvents");
      const ids = [...told.matchAll(/<LogicalResourceId>(.*?)</g)].map(([, id]) => id);
      const statuses = [...told.matchAll(/<ResourceStatus>(.*?)</g)].map(([, status]) => status);
      return ids
        .map((id, index) => `${id} ${statuses[index]}`)
        .toReversed()
        .slice(from);
    },
    [Symbol.asyncDispose]: () => emulator.close(),
  };
}

const QUEUE = { Type: "AWS::SQS::Queue" };

/** A stack whose update failed, and whose thing would not be changed back. */
async function aFailedRollback() {
  const maker = await aMaker();
  await maker.ask("CreateStack", body(1));
  await maker.answer("SUCCESS");
  const from = (await maker.story()).length;
  await maker.ask("UpdateStack", body(2, { New: QUEUE }));
  await maker.answer("FAILED");
  await maker.answer("FAILED");
  expect(await maker.status()).toBe("UPDATE_ROLLBACK_FAILED");
  return { ...maker, from };
}

test("a rollback that fails ends there, and takes away nothing", async () => {
  await using maker = await aFailedRollback();
  const story = await maker.story(maker.from);
  expect(story.slice(-4)).toEqual([
    "app UPDATE_ROLLBACK_IN_PROGRESS",
    "Thing UPDATE_IN_PROGRESS",
    "Thing UPDATE_FAILED",
    "app UPDATE_ROLLBACK_FAILED",
  ]);
  expect(await maker.ask("DescribeStackResource", { LogicalResourceId: "New" })).toContain("CREATE_COMPLETE");
});

test("a rollback that is continued asks again for what was not undone, and then takes away what is new", async () => {
  await using maker = await aFailedRollback();
  const from = (await maker.story()).length;
  await maker.ask("ContinueUpdateRollback");
  expect(await maker.answer("FAILED")).toBe("Update");
  expect(await maker.status()).toBe("UPDATE_ROLLBACK_FAILED");
  await maker.ask("ContinueUpdateRollback");
  expect(await maker.answer("SUCCESS")).toBe("Update");
  expect(await maker.status()).toBe("UPDATE_ROLLBACK_COMPLETE");
  expect(await maker.story(from)).toEqual([
    "app UPDATE_ROLLBACK_IN_PROGRESS",
    "Thing UPDATE_IN_PROGRESS",
    "Thing UPDATE_FAILED",
    "app UPDATE_ROLLBACK_FAILED",
    "app UPDATE_ROLLBACK_IN_PROGRESS",
    "Thing UPDATE_IN_PROGRESS",
    "Thing UPDATE_COMPLETE",
    "app UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS",
    "New DELETE_IN_PROGRESS",
    "New DELETE_COMPLETE",
    "app UPDATE_ROLLBACK_COMPLETE",
  ]);
});

test("a rollback skips what it is told to, if that has failed", async () => {
  await using maker = await aFailedRollback();
  const refused = await maker.ask("ContinueUpdateRollback", { "ResourcesToSkip.member.1": "New" });
  expect(refused).toContain("<Code>ValidationError<");
  const from = (await maker.story()).length;
  await maker.ask("ContinueUpdateRollback", { "ResourcesToSkip.member.1": "Thing" });
  expect([await maker.status(), await maker.asked()]).toEqual(["UPDATE_ROLLBACK_COMPLETE", []]);
  expect((await maker.story(from)).slice(0, 2)).toEqual(["app UPDATE_ROLLBACK_IN_PROGRESS", "Thing UPDATE_COMPLETE"]);
  expect(await maker.ask("UpdateStack", body(1))).toContain("No updates are to be performed.");
});

test("what could not be made and is left goes with the stack", async () => {
  await using maker = await aMaker();
  await maker.ask("CreateStack", { ...body(1), DisableRollback: "true" });
  await maker.answer("FAILED");
  expect(await maker.status()).toBe("CREATE_FAILED");
  await maker.ask("DeleteStack");
  expect(await maker.answer("SUCCESS")).toBe("Delete");
  expect(await maker.status()).toBeUndefined();
});

test("what could not be made and is left is made anew by an update, and then goes", async () => {
  await using maker = await aMaker();
  await maker.ask("CreateStack", { ...body(1), DisableRollback: "true" });
  await maker.answer("FAILED");
  await maker.ask("UpdateStack", body(1));
  expect(await maker.answer("SUCCESS")).toBe("Create");
  expect(await maker.answer("SUCCESS")).toBe("Delete");
  expect(await maker.status()).toBe("UPDATE_COMPLETE");
});

test("what could not be changed and is left is changed by the same update again, or back", async () => {
  await using maker = await aMaker();
  await maker.ask("CreateStack", body(1));
  await maker.answer("SUCCESS");
  await maker.ask("UpdateStack", { ...body(2), DisableRollback: "true" });
  await maker.answer("FAILED");
  expect(await maker.status()).toBe("UPDATE_FAILED");
  await maker.ask("UpdateStack", { ...body(2), DisableRollback: "true" });
  expect(await maker.answer("FAILED")).toBe("Update");
  await maker.ask("RollbackStack");
  expect(await maker.answer("SUCCESS")).toBe("Update");
  expect(await maker.status()).toBe("UPDATE_ROLLBACK_COMPLETE");
});
