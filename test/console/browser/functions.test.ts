import { CreateEventSourceMappingCommand } from "@aws-sdk/client-lambda";
import { expect } from "vitest";
import { inBrowser, openConsole } from "../../support/browser/open-console.ts";
import { FunctionCaller } from "../../support/lambda-server.ts";

const at = "#/000000000000/functions/us-east-1/pack";
const arn = (service: string, resource: string) => `arn:aws:${service}:us-east-1:000000000000:${resource}`;

/** Packs what is in its event, unless that is too large. */
const PACK = `exports.handler = async ({ Records = [], parcel }) => {
  for (const what of [...Records.map(({ body }) => body), ...(parcel ? [parcel] : [])]) {
    console.log("packing", what);
    if (what === "a piano") throw new RangeError("too large");
  }
  return { packed: true };
};`;

type Console = Parameters<NonNullable<NonNullable<Parameters<typeof openConsole>[0]>["before"]>>[0];

/** The function `pack`, which reads the queue `parcels`. */
async function aPackingRoom({ emulator, sqs }: Pick<Console, "emulator" | "sqs">): Promise<void> {
  await sqs("CreateQueue", { QueueName: "parcels", Attributes: { VisibilityTimeout: "90" } });
  const caller = new FunctionCaller(emulator);
  await caller.create(PACK, { FunctionName: "pack", Publish: true });
  const mapping = { FunctionName: "pack", EventSourceArn: arn("sqs", "parcels") };
  await caller.client.send(new CreateEventSourceMappingCommand(mapping));
}

const QUEUE = "/000000000000/parcels";

inBrowser("a function is seen at work on what comes to its queue", async () => {
  await using console = await openConsole({ before: aPackingRoom, at });
  const { page, emulator, sqs } = console;
  await page.getByRole("heading", { name: "It has not been invoked" }).waitFor();
  await sqs("SendMessage", { QueueUrl: `${emulator.endpoint}${QUEUE}`, MessageBody: "a kettle" });
  const table = page.getByRole("table", { name: "Invocations" });
  await table.getByText("answered").waitFor();
  await table.getByText("1 message of parcels").waitFor();
  await table.getByRole("button").click();
  const detail = page.getByRole("region", { name: /^Invocation / });
  await detail.getByLabel("Log").getByText("packing a kettle").waitFor();
  await detail.getByText('"a kettle"', { exact: true }).waitFor();
  expect(await detail.getByRole("link", { name: /^[0-9a-f-]{36}$/ }).getAttribute("href")).toMatch(/\/explain\//);

  await page.getByRole("tab", { name: "Event sources" }).click();
  await page.getByText("1 given to the function").waitFor();
  await page.getByText("1 deleted").waitFor();
  await page.getByRole("button", { name: "Disable" }).click();
  await page.getByText("disabled", { exact: true }).waitFor();
  await sqs("SendMessage", { QueueUrl: `${emulator.endpoint}${QUEUE}`, MessageBody: "a teapot" });
  await page.getByRole("button", { name: "Enable" }).click();
  await page.getByText("2 given to the function").waitFor();

  await page.getByRole("link", { name: "parcels" }).click();
  await page.getByRole("tab", { name: "Settings" }).click();
  await page.getByText("2 given, 0 failed").waitFor();
  await page.getByRole("link", { name: "pack", exact: true }).click();
  await table.getByText("answered").nth(1).waitFor();
});

inBrowser("a function is invoked from a form, and what failed is tried once more", async () => {
  await using console = await openConsole({ before: aPackingRoom, at });
  const { page } = console;
  await page.getByRole("tab", { name: "Invoke" }).click();
  const event = page.getByLabel("Event, in JSON");
  const invoke = page.getByRole("button", { name: "Invoke", exact: true });
  const answer = page.getByRole("region", { name: "Answer of the function" });
  await event.fill('{"parcel":"a piano"}');
  await page.getByLabel("Version or alias").selectOption("1");
  await invoke.click();
  await page.getByText("It failed.").waitFor();
  await answer.getByText('"too large"', { exact: true }).waitFor();
  await answer.getByLabel("Log").getByText("packing a piano").waitFor();
  await answer.getByText("of version 1").waitFor();

  await page.getByRole("tab", { name: "Invocations" }).click();
  const table = page.getByRole("table", { name: "Invocations" });
  await table.getByText("failed", { exact: true }).waitFor();
  await table.getByText("a client").waitFor();
  await table.getByRole("button").click();
  await page.getByRole("button", { name: "Invoke with it again" }).click();
  expect(await event.inputValue()).toBe('{"parcel":"a piano"}');
  await event.fill('{"parcel":"a kettle"}');
  await invoke.click();
  await page.getByText("It answered.").waitFor();
  await answer.getByText("of version $LATEST").waitFor();
});

inBrowser("an event that is queued waits for its next attempt where it failed", async () => {
  await using console = await openConsole({ before: aPackingRoom, at });
  const { page } = console;
  await page.getByRole("tab", { name: "Invoke" }).click();
  await page.getByLabel("Event, in JSON").fill('{"parcel":"a piano"}');
  await page.getByRole("combobox", { name: /^How/ }).selectOption("queue the event");
  await page.getByRole("button", { name: "Invoke", exact: true }).click();
  await page.getByText("Queued: it shows among the invocations").waitFor();
  await page.getByText("1 event waits").waitFor();
  await page.getByText(/^next attempt in/).waitFor();
  await page.getByRole("tab", { name: "Invocations" }).click();
  const table = page.getByRole("table", { name: "Invocations" });
  await table.getByText("failed", { exact: true }).waitFor();
});

inBrowser("what cannot be invoked is refused with AWS's sentence", async () => {
  await using console = await openConsole({ before: aPackingRoom, at, forgives: /status of 400/ });
  const { page } = console;
  await page.getByRole("tab", { name: "Invoke" }).click();
  await page.getByLabel("Event, in JSON").fill("{");
  await page.getByRole("button", { name: "Invoke", exact: true }).click();
  await page
    .getByRole("alert")
    .getByText(/^Could not parse request body into json/)
    .waitFor();
});

inBrowser("functions are on the map, with what leads to them", async () => {
  await using console = await openConsole({
    async before(client) {
      await aPackingRoom(client);
      await client.sns({ Action: "CreateTopic", Name: "shop" });
      const subscription = {
        TopicArn: arn("sns", "shop"),
        Protocol: "lambda",
        Endpoint: arn("lambda", "function:pack"),
      };
      await client.sns({ Action: "Subscribe", ...subscription });
    },
  });
  const { page } = console;
  const map = page.getByRole("region", { name: "Map of what there is" });
  await map.locator(".node.function").getByText("pack", { exact: true }).waitFor();
  await expect.poll(() => map.locator(".edge.reading title").allTextContents()).toEqual(["batches of 10"]);
  expect(await map.locator(".edge.subscription").count()).toBe(1);
  expect(await map.locator(".node").count()).toBe(3);
  await page.getByRole("table", { name: "Functions" }).getByRole("link", { name: "pack" }).click();
  await page.getByRole("heading", { name: "pack", level: 1 }).waitFor();
});

inBrowser("a function that is made shows in the list at once, and is gone when it is deleted", async () => {
  await using console = await openConsole({ at: "#/000000000000/functions" });
  const { page, emulator, hearing } = console;
  await page.getByRole("heading", { name: "There are no functions" }).waitFor();
  await hearing.until(1);
  await new FunctionCaller(emulator).create(PACK, { FunctionName: "pack" });
  await page.getByRole("table", { name: "Functions" }).getByRole("link", { name: "pack" }).waitFor();
  await fetch(`${emulator.endpoint}/_waystation/reset`, { method: "POST" });
  await page.getByRole("heading", { name: "There are no functions" }).waitFor();
});
