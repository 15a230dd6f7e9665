import type { Page } from "playwright-core";
import { describe, expect } from "vitest";
import { inBrowser, openConsole } from "../../support/browser/open-console.ts";

const orders = "#/000000000000/queues/us-east-1/orders";
const dead = "#/000000000000/queues/us-east-1/dead";

/** Has the page take itself for one that is in sight, or not. */
async function show(page: Page, state: "hidden" | "visible"): Promise<void> {
  await page.evaluate(`
    Object.defineProperty(document, "visibilityState", { value: "${state}", configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  `);
}

describe("somebody new", () => {
  inBrowser("comes by the front door, and is told what to do where there is nothing", async () => {
    await using console = await openConsole();
    const { page, emulator } = console;
    await page.goto(emulator.endpoint);
    await page.getByRole("heading", { name: "The account 000000000000 has nothing yet" }).waitFor();
    expect(page.url()).toBe(`${emulator.endpoint}/_waystation/`);
    await page.getByText(`export AWS_ENDPOINT_URL=${emulator.endpoint}`).waitFor();
    await page.getByRole("tab", { name: "Beside others" }).click();
    await page.getByText(`export AWS_ENDPOINT_URL_KINESIS=${emulator.endpoint}`).waitFor();
    await page.getByRole("tab", { name: "AWS CLI" }).click();
    await page.getByText(`--queue-url ${emulator.endpoint}/000000000000/jobs --message-body hello`).waitFor();
    await page.getByText("Amazon Kinesis Data Streams").waitFor();
  });

  inBrowser("starts where the server was told to work", async () => {
    await using console = await openConsole({ emulator: { account: "111111111111", region: "eu-west-1" } });
    await console.page.getByRole("heading", { name: "The account 111111111111 has nothing yet" }).waitFor();
    await console.page.getByText("export AWS_REGION=eu-west-1").waitFor();
  });

  inBrowser("sends a first message, receives it until it is a dead letter, and has it back", async () => {
    await using console = await openConsole({
      async before({ sqs }) {
        await sqs("CreateQueue", { QueueName: "dead" });
        const RedrivePolicy = JSON.stringify({
          deadLetterTargetArn: "arn:aws:sqs:us-east-1:000000000000:dead",
          maxReceiveCount: 1,
        });
        await sqs("CreateQueue", { QueueName: "orders", Attributes: { RedrivePolicy } });
      },
    });
    const { page } = console;
    await page.getByRole("textbox", { name: "Queue, which is made if there is none" }).fill("orders");
    await page.getByRole("textbox", { name: "Message" }).fill('{"order":42}');
    await page.getByRole("button", { name: "Send", exact: true }).click();

    const messages = page.getByRole("table", { name: "Messages" });
    await messages.getByText('{"order":42}').waitFor();
    await page.getByRole("tab", { name: "Receive" }).click();
    await page.getByRole("button", { name: "Receive up to ten" }).click();
    await page.getByText(/^ours until in/).waitFor();
    await page.getByText("1 in flight").waitFor();
    await page.getByRole("button", { name: "Release" }).click();
    await page.getByText("1 visible message").waitFor();
    await page.getByRole("button", { name: "Receive up to ten" }).click();
    await page.getByText("0 visible messages").waitFor();

    await console.go(dead);
    await messages.getByText('{"order":42}').waitFor();
    await page.getByRole("tab", { name: "Settings" }).click();
    await page.getByRole("button", { name: "Redrive dead letters" }).click();
    await page.getByText("0 visible messages").waitFor();
    await console.go(orders);
    await messages.getByText('{"order":42}').waitFor();
  });
});

inBrowser("a queue is purged by who says so twice", async () => {
  const answers = [false, true];
  const asked: string[] = [];
  await using console = await openConsole({
    async before({ sqs }) {
      const { QueueUrl } = await sqs<{ QueueUrl: string }>("CreateQueue", { QueueName: "orders" });
      await sqs("SendMessage", { QueueUrl, MessageBody: "one" });
    },
    confirms(question) {
      asked.push(question);
      return answers.shift() === true;
    },
    at: orders,
  });
  const { page } = console;
  await page.getByRole("tab", { name: "Settings" }).click();
  const purge = page.getByRole("button", { name: "Purge" });
  await purge.click();
  await page.getByText("1 visible message").waitFor();
  expect(console.asked.filter((path) => path === "/")).toEqual([]);
  await purge.click();
  await page.getByText("0 visible messages").waitFor();
  expect(asked).toEqual(Array.from({ length: 2 }, () => "Delete all messages of orders?"));
});

inBrowser("a tester says who would get a message, and why others would not", async () => {
  await using console = await openConsole({
    async before({ sqs, sns }) {
      await sns({ Action: "CreateTopic", Name: "news" });
      for (const [name, least] of [
        ["cheap", 1],
        ["dear", 100],
      ] as const) {
        await sqs("CreateQueue", { QueueName: name });
        await sns({
          Action: "Subscribe",
          TopicArn: "arn:aws:sns:us-east-1:000000000000:news",
          Protocol: "sqs",
          Endpoint: `arn:aws:sqs:us-east-1:000000000000:${name}`,
          "Attributes.entry.1.key": "FilterPolicy",
          "Attributes.entry.1.value": JSON.stringify({ price: [{ numeric: [">=", least] }] }),
        });
      }
    },
    at: "#/000000000000/topics/us-east-1/news",
  });
  const { page } = console;
  await page.getByRole("tab", { name: "Who gets it?" }).click();
  await page.getByLabel(/^Attributes, a line each/).fill("price=50");
  await page.getByRole("button", { name: "Who would get it?" }).click();
  await page.getByText("1 of 2 subscriptions would get it.").waitFor();
  const verdicts = page.getByRole("region", { name: "Who would get the message" }).getByRole("listitem");
  await verdicts.filter({ hasText: "cheap" }).getByText("gets it", { exact: true }).waitFor();
  await verdicts.filter({ hasText: "dear" }).getByText("does not", { exact: true }).waitFor();
  await verdicts.filter({ hasText: "dear" }).getByText("price").waitFor();
  expect(await (await fetch(`${console.emulator.endpoint}/_waystation/queues?queue=cheap`)).json()).toMatchObject({
    queues: [{ visible: 0 }],
  });
});

inBrowser("time stands still, moves, and everything follows it", async () => {
  await using console = await openConsole({
    async before({ sqs }) {
      const { QueueUrl } = await sqs<{ readonly QueueUrl: string }>("CreateQueue", { QueueName: "orders" });
      await sqs("SendMessage", { QueueUrl, MessageBody: "hello" });
    },
    at: orders,
  });
  const { page } = console;
  await page.getByRole("button", { name: "Freeze" }).click();
  await page.getByRole("button", { name: "Resume" }).waitFor();
  await page.getByRole("tab", { name: "Receive" }).click();
  await page.getByRole("button", { name: "Receive up to ten" }).click();
  await page.getByText("ours until in 30 s").waitFor();
  await page.getByRole("tab", { name: "Messages" }).click();
  const messages = page.getByRole("table", { name: "Messages" });
  await messages.getByText("until in 30 s").waitFor();
  await page.getByText("0 visible messages").waitFor();
  await page.getByRole("button", { name: "+30 s" }).click();
  await page.getByText("1 visible message").waitFor();
  await messages.getByText("visible", { exact: true }).waitFor();
});

describe("what is open", () => {
  inBrowser("shows a message that somebody sends, for a handful of questions", async () => {
    await using console = await openConsole({
      before: async ({ sqs }) => void (await sqs("CreateQueue", { QueueName: "orders" })),
      at: orders,
    });
    const { page, emulator, asked } = console;
    await page.getByText("No messages here").waitFor();
    await console.hearing.until(1);
    const before = asked.length;
    await console.sqs("SendMessage", { QueueUrl: `${emulator.endpoint}/000000000000/orders`, MessageBody: "hello" });
    await page.getByRole("table", { name: "Messages" }).getByText("hello").waitFor();
    await page.getByText("1 visible message").waitFor();
    const questions = asked.slice(before).map((path) => path.split("?")[0]);
    expect(new Set(questions)).toEqual(new Set(["/_waystation/queues", "/_waystation/queues/messages"]));
    expect(questions.length).toBeLessThanOrEqual(4);
  });

  inBrowser("is the only reason to listen to what happens", async () => {
    await using console = await openConsole();
    await console.hearing.until(1);
    await console.page.close();
    await console.hearing.until(0);
  });

  inBrowser("hears nothing while it is out of sight for long, and then what it missed", async () => {
    await using console = await openConsole();
    const { page, hearing } = console;
    await page.clock.install();
    await console.page.reload();
    await page.getByText("has nothing yet").waitFor();
    await hearing.until(1);
    await show(page, "hidden");
    await page.clock.runFor("01:00");
    await hearing.until(0);
    await console.sqs("CreateQueue", { QueueName: "orders" });
    await show(page, "visible");
    await hearing.until(1);
    await page.clock.runFor("00:02");
    await page.getByRole("link", { name: "orders", exact: true }).waitFor();
  });

  inBrowser("asks to hear again where that was refused", async () => {
    await using console = await openConsole({ forgives: /status of 503/ });
    const { page, hearing } = console;
    await hearing.until(1);
    await page.clock.install();
    await page.route("**/events?*", (route) => route.fulfill({ status: 503 }), { times: 1 });
    await page.reload();
    await page.getByText("The server cannot be reached").waitFor();
    await page.clock.runFor("00:05");
    await hearing.until(1);
    await page.getByText("The server cannot be reached").waitFor({ state: "hidden" });
  });

  inBrowser("says so when the server cannot be reached", async () => {
    await using console = await openConsole({ forgives: /net::ERR_/ });
    await console.hearing.until(1);
    await console.emulator.close();
    await console.page.getByText("The server cannot be reached").waitFor();
  });
});
