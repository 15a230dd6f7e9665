import type { Page } from "playwright-core";

/** A page of the console in the world of `world.ts`. */
interface KnownPage {
  readonly name: string;
  /** The fragment of its address. */
  readonly at: string;
  /** Resolves once it shows what is to be seen, after whatever has to be done for that. */
  readonly shows: (page: Page) => Promise<unknown>;
  /** Whether the guide has a picture of it. */
  readonly isInGuide?: boolean;
}

const MESSAGE = /^Message [0-9a-f-]{36}$/;

const at = (page: string, name?: string): string =>
  name === undefined ? `#/000000000000/${page}` : `#/000000000000/${page}/us-east-1/${name}`;

const heading = (name: string | RegExp) => (page: Page) => page.getByRole("heading", { name, level: 1 }).waitFor();
const table = (name: string) => (page: Page) => page.getByRole("table", { name }).getByRole("row").nth(1).waitFor();

async function chooseMessage(page: Page): Promise<void> {
  await page.getByRole("tab", { name: "Messages" }).click();
  await page.getByRole("table", { name: "Messages" }).getByRole("button").first().click();
  await page.getByRole("region", { name: MESSAGE }).waitFor();
}

/** Has time pass, so that there is something to plot. */
async function watch(page: Page): Promise<void> {
  await table("Messages")(page);
  await page.getByRole("button", { name: "+30 s" }).click();
  await page.getByRole("img", { name: "orders over time" }).waitFor();
}

async function receive(page: Page): Promise<void> {
  await page.getByRole("tab", { name: "Receive" }).click();
  await page.getByRole("button", { name: "Receive up to ten" }).click();
  await page
    .getByText(/^ours until/)
    .first()
    .waitFor();
}

async function explain(page: Page): Promise<void> {
  await chooseMessage(page);
  await page.getByRole("link", { name: "Why is it here?" }).click();
  await page.getByRole("heading", { name: "What happened to it" }).waitFor();
}

async function testFilters(page: Page): Promise<void> {
  await page.getByRole("tab", { name: "Who gets it?" }).click();
  await page.getByLabel(/^Attributes, a line each/).fill("price=50");
  await page.getByRole("button", { name: "Who would get it?" }).click();
  await page.getByText("1 of 2 subscriptions would get it.").waitFor();
}

async function readMail(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Disk is full" }).click();
  await page.getByRole("article").waitFor();
}

async function chooseInvocation(page: Page): Promise<void> {
  await table("Invocations")(page);
  await page.getByRole("table", { name: "Invocations" }).getByRole("button").first().click();
  await page.getByRole("region", { name: /^Invocation / }).waitFor();
}

async function invoke(page: Page): Promise<void> {
  await page.getByRole("tab", { name: "Invoke" }).click();
  await page.getByLabel("Event, in JSON").fill('{"parcel":{"kilograms":7}}');
  await page.getByRole("button", { name: "Invoke", exact: true }).click();
  await page.getByRole("region", { name: "Answer of the function" }).waitFor();
}

async function chooseCall(page: Page): Promise<void> {
  await page.getByRole("table", { name: "Calls" }).getByRole("button").first().click();
  await page.getByRole("region", { name: /^Call of / }).waitFor();
}

/** Every page there is, and what it shows when something was done there. */
export const knownPages: readonly KnownPage[] = [
  {
    name: "map",
    at: "#/000000000000",
    shows: (page) => page.locator(".map text").filter({ hasText: "orders-dead" }).waitFor(),
    isInGuide: true,
  },
  { name: "queues", at: at("queues"), shows: table("Queues") },
  { name: "queue", at: at("queues", "orders"), shows: watch, isInGuide: true },
  { name: "message", at: at("queues", "orders"), shows: chooseMessage },
  { name: "received", at: at("queues", "orders"), shows: receive },
  {
    name: "fifo-queue",
    at: at("queues", "packing.fifo"),
    shows: (page) => page.getByRole("button", { name: "customer-1" }).waitFor(),
  },
  { name: "no-queue", at: at("queues", "nothing"), shows: heading(/^There is no queue nothing/) },
  { name: "topics", at: at("topics"), shows: table("Topics") },
  { name: "topic", at: at("topics", "shop"), shows: table("Subscriptions") },
  { name: "filters", at: at("topics", "shop"), shows: testFilters, isInGuide: true },
  { name: "no-topic", at: at("topics", "nothing"), shows: heading(/^There is no topic nothing/) },
  { name: "streams", at: at("streams"), shows: table("Streams") },
  {
    name: "stream",
    at: at("streams", "clicks"),
    shows: (page) => page.getByRole("region", { name: "Shards by hash key" }).waitFor(),
    isInGuide: true,
  },
  { name: "no-stream", at: at("streams", "nothing"), shows: heading(/^There is no stream nothing/) },
  { name: "functions", at: at("functions"), shows: table("Functions") },
  { name: "function", at: at("functions", "weigh"), shows: chooseInvocation, isInGuide: true },
  { name: "invoked", at: at("functions", "weigh"), shows: invoke },
  { name: "no-function", at: at("functions", "nothing"), shows: heading(/^There is no function nothing/) },
  { name: "outbox", at: at("outbox"), shows: readMail, isInGuide: true },
  { name: "explain-nothing", at: at("explain"), shows: heading("Why is it where it is?") },
  { name: "explain", at: at("queues", "billing"), shows: explain, isInGuide: true },
  { name: "time", at: at("time"), shows: table("What is due"), isInGuide: true },
  {
    name: "faults",
    at: at("faults"),
    shows: (page) => page.getByRole("region", { name: "Faults", exact: true }).waitFor(),
    isInGuide: true,
  },
  { name: "report", at: at("report"), shows: heading("Report"), isInGuide: true },
  { name: "calls", at: at("calls"), shows: chooseCall, isInGuide: true },
];
