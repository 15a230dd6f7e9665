import { expect } from "vitest";
import { inBrowser, openConsole } from "../../support/browser/open-console.ts";
import { FunctionCaller } from "../../support/lambda-server.ts";

const hostile = {
  script: "<script>window.ran = 1; fetch('https://evil.example')</script>",
  image: "<img src=https://evil.example/a.png onerror='window.ran = 2'><svg onload='window.ran = 3'>",
  link: '[click](javascript:window.ran=4) <a href="javascript:window.ran=5">x</a> javascript:window.ran=6',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is not ours to fill in
  template: "${window.ran = 7} {{constructor.constructor('window.ran = 8')()}}",
  json: JSON.stringify({
    "<img src=x onerror='window.ran = 9'>": "<script>window.ran = 10</script>",
    __proto__: 1,
    constructor: { prototype: { dangerouslySetInnerHTML: { __html: "<script>window.ran = 11</script>" } } },
    dangerouslySetInnerHTML: { __html: "<img src=x onerror='window.ran = 12'>" },
    type: "script",
    props: { onClick: "window.ran = 13" },
  }),
  deep: `${"[".repeat(50_000)}${"]".repeat(50_000)}`,
  long: "x".repeat(1024 * 1024),
  reversed: "\u202Eevil\u202C \u200B\u200D\uFEFF \u2066right\u2069",
  lone: "\uD800 lone \uDC00",
  control: "\u0000\u0007\u001B[31m",
} as const;

inBrowser("what a message says is shown, and never run or loaded", async () => {
  await using console = await openConsole({
    async before({ sqs, queues, sns }) {
      await sqs("CreateQueue", { QueueName: "orders" });
      const queue = queues.byArn("arn:aws:sqs:us-east-1:000000000000:orders");
      for (const body of Object.values(hostile)) queue?.send({ body, senderId: "<b>test</b>" });
      await sns({ Action: "CreateTopic", Name: "news" });
      const TopicArn = "arn:aws:sns:us-east-1:000000000000:news";
      for (const [Protocol, Endpoint] of [
        ["email", "a@example.org"],
        ["sms", "+15551234567"],
      ] as const) {
        await sns({ Action: "Subscribe", TopicArn, Protocol, Endpoint });
      }
      await sns({ Action: "Publish", PhoneNumber: "+15551234567", Message: hostile.image });
    },
    at: "#/000000000000/queues/us-east-1/orders",
  });
  const { page } = console;
  const table = page.getByRole("table", { name: "Messages" });
  await table.getByRole("row").nth(Object.keys(hostile).length).waitFor();
  const buttons = table.getByRole("button");
  for (const [at, [name, body]] of Object.entries(hostile).entries()) {
    await buttons.nth(at).click();
    const detail = page.getByRole("region", { name: /^Message [0-9a-f-]{36}$/ });
    if (name === "json") await detail.getByText("<script>window.ran = 10").waitFor();
    else if (name === "deep") await detail.locator("details").nth(1).locator("summary").first().click();
    else expect(Buffer.from((await detail.locator("pre").textContent()) ?? "")).toEqual(Buffer.from(body));
    await detail.getByRole("button", { name: "Close" }).click();
  }
  await console.go("#/000000000000/outbox");
  const mailbox = page.getByRole("list", { name: "Messages" }).getByRole("button");
  await mailbox.filter({ hasText: "a@example.org" }).first().click();
  await page.getByRole("article").waitFor();
  await mailbox.filter({ hasText: "onerror" }).click();
  await page.getByRole("article").getByText("onerror").waitFor();
  expect(await page.evaluate("window.ran")).toBeUndefined();
  expect(await page.locator("main script, main img, main iframe, main a[href^='javascript']").count()).toBe(0);
});

inBrowser("what a record and its key say is shown, and so is why a message is where it is", async () => {
  await using console = await openConsole({
    emulator: { history: "on" },
    async before({ emulator, kinesis, sqs }) {
      const { QueueUrl } = await sqs<{ readonly QueueUrl: string }>("CreateQueue", { QueueName: "orders" });
      await sqs("SendMessage", { QueueUrl, MessageBody: hostile.script });
      await kinesis("CreateStream", { StreamName: "clicks", ShardCount: 1 });
      await emulator.clock().advance("1s");
      for (const data of [hostile.script, hostile.image, Buffer.from([0xff, 0xfe, 0xd8, 0x00])]) {
        const Data = Buffer.from(data).toString("base64");
        await kinesis("PutRecord", { StreamName: "clicks", PartitionKey: hostile.image, Data });
      }
    },
    at: "#/000000000000/streams/us-east-1/clicks",
  });
  const { page } = console;
  await page.getByRole("tab", { name: "Records" }).click();
  const table = page.getByRole("table", { name: "Records" });
  for (const [at, shown] of [hostile.script, hostile.image, "//7YAA=="].entries()) {
    await table.getByRole("button").nth(at).click();
    const detail = page.getByRole("region", { name: /^Record / });
    await detail.locator("pre").filter({ hasText: shown }).waitFor();
    await detail.getByText(hostile.image).last().waitFor();
  }
  await console.go("#/000000000000/queues/us-east-1/orders");
  await page.getByRole("table", { name: "Messages" }).getByRole("button").click();
  await page.getByRole("link", { name: "Why is it here?" }).click();
  await page.getByRole("heading", { name: "What happened to it" }).waitFor();
  expect(await page.evaluate("window.ran")).toBeUndefined();
});

inBrowser("what a function is called with, answers and writes is shown, and never run or loaded", async () => {
  const echo = "exports.handler = async (event) => { console.log(event); return event; };";
  await using console = await openConsole({
    async before({ emulator }) {
      const caller = new FunctionCaller(emulator);
      await caller.create(echo, { FunctionName: "echo", Description: hostile.image });
      for (const text of [hostile.script, hostile.reversed, hostile.lone]) {
        await caller.invoke(text, { FunctionName: "echo" });
      }
    },
    at: "#/000000000000/functions/us-east-1/echo",
  });
  const { page } = console;
  const table = page.getByRole("table", { name: "Invocations" });
  await table.getByRole("button").nth(2).click();
  const detail = page.getByRole("region", { name: /^Invocation / });
  await detail.getByLabel("Log").getByText(hostile.script).waitFor();
  await page.getByRole("tab", { name: "Settings" }).click();
  await page.getByText(hostile.image).waitFor();
  await page.getByRole("tab", { name: "Invoke" }).click();
  await page.getByLabel("Event, in JSON").fill(JSON.stringify(hostile.image));
  await page.getByRole("button", { name: "Invoke", exact: true }).click();
  await page
    .getByRole("region", { name: "Answer of the function" })
    .getByLabel("Log")
    .getByText(hostile.image)
    .waitFor();
  expect(await page.evaluate("window.ran")).toBeUndefined();
});

inBrowser("a name in the address is text", async () => {
  await using console = await openConsole({
    at: `#/000000000000/topics/us-east-1/${encodeURIComponent(hostile.image)}`,
  });
  const { page } = console;
  await page.getByRole("heading", { name: /There is no topic <img/ }).waitFor();
  for (const at of ["#/%E0%A4%A/queues", "#////", "#/000000000000/nonsense/a/b", "#javascript:window.ran=1"]) {
    await console.go(at);
    await page.getByRole("heading", { level: 1 }).waitFor();
  }
  expect(await page.evaluate("window.ran")).toBeUndefined();
});
