import { expect } from "vitest";
import { inBrowser, openConsole } from "../../support/browser/open-console.ts";

const MOST_ROWS = 100;

inBrowser("100,000 messages are shown by those in sight, and asked for by the page", async () => {
  await using console = await openConsole({
    async before({ sqs, queues }) {
      await sqs("CreateQueue", { QueueName: "orders" });
      const queue = queues.byArn("arn:aws:sqs:us-east-1:000000000000:orders");
      for (let number = 1; number <= 100_000; number++) queue?.send({ body: `order ${number}`, senderId: "test" });
    },
    at: "#/000000000000/queues/us-east-1/orders",
  });
  const { page, asked } = console;
  await page.getByText("100,000 visible messages").waitFor();
  await page.getByText("order 1", { exact: true }).waitFor();
  const scroller = page.getByRole("region", { name: "Messages" });
  for (const shown of [200, 400, 600]) {
    await page.locator(`table[aria-rowcount="${shown + 1}"]`).waitFor(); // they have come, and so can be scrolled to
    await scroller.evaluate((element) => element.scrollTo(0, element.scrollHeight));
    await page.getByText(`order ${shown}`, { exact: true }).waitFor();
    expect(await page.getByRole("row").count()).toBeLessThan(MOST_ROWS);
  }
  const pages = asked.filter((path) => path.startsWith("/_waystation/queues/messages"));
  expect(pages.every((path) => path.includes("limit=200"))).toBe(true);
  expect(pages.length).toBeLessThan(8);

  // A change leaves in sight what is in sight.
  await page.getByText("order 590", { exact: true }).waitFor();
  await console.sqs("SendMessage", {
    QueueUrl: `${console.emulator.endpoint}/000000000000/orders`,
    MessageBody: "one more",
  });
  await page.getByText("100,001 visible messages").waitFor();
  expect(await page.getByText("order 590", { exact: true }).count()).toBe(1);
});

inBrowser("2,000 queues are listed and searched, and the map waits until they are few", async () => {
  await using console = await openConsole({
    emulator: { queues: Array.from({ length: 2000 }, (_, at) => `queue-${at + 1}`) },
  });
  const { page, asked } = console;
  await page.getByText("2,000 of 2,000").waitFor();
  await page.getByText("There is a map of up to 150 things").waitFor();
  const scroller = page.getByRole("region", { name: "Queues" });
  await scroller.evaluate((element) => element.scrollTo(0, element.scrollHeight));
  await page.getByRole("link", { name: "queue-999", exact: true }).waitFor();
  expect(await page.getByRole("row").count()).toBeLessThan(MOST_ROWS);
  await page.getByRole("searchbox", { name: "Search" }).fill("queue-1234");
  await page.getByText("1 of 2,000").waitFor();
  await page.getByRole("link", { name: "queue-1234: 0 visible" }).waitFor();
  const pages = asked.filter((path) => path.startsWith("/_waystation/queues?"));
  expect(pages.length).toBeLessThan(10);
});
