import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { startWaystation } from "../../src/index.ts";

/** What browsers send when somebody types an address. */
const BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8";

test("a browser is shown what this is, what is served and what to set, under the host it came by", async () => {
  await using aws = await startWaystation({ region: "eu-west-1", account: "111111111111" });
  const { port } = new URL(aws.endpoint);
  const response = await fetch(`http://localhost:${port}/`, { headers: { accept: BROWSER } });
  const page = await response.text();
  expect([response.status, response.headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
  expect(page).toContain("A local AWS messaging emulator");
  for (const title of ["Amazon SQS", "Amazon SNS", "Amazon Kinesis Data Streams"]) expect(page).toContain(title);
  expect(page).toContain(`export AWS_ENDPOINT_URL=http://localhost:${port}\nexport AWS_ACCESS_KEY_ID=test`);
  expect(page).toContain("export AWS_REGION=eu-west-1");
  expect(page).toContain("aws sqs create-queue --queue-name jobs");
  expect(page).toContain(`--queue-url http://localhost:${port}/111111111111/jobs`);
  expect(page).toContain(`--endpoint-url http://localhost:${port}`);
  const [, ...links] = page.split('<a href="').map((text) => text.slice(0, text.indexOf('"')));
  expect(links).toContain("/_waystation/openapi.json");
  for (const link of links) expect([link, (await fetch(`${aws.endpoint}${link}`)).status]).toEqual([link, 200]);
});

test("the page loads nothing, and its policy allows its own style alone", async () => {
  await using aws = await startWaystation();
  const response = await fetch(aws.endpoint, { headers: { accept: BROWSER } });
  const page = await response.text();
  const [, style = ""] = /<style>(.*)<\/style>/s.exec(page) ?? [];
  const digest = createHash("sha256").update(style).digest("base64");
  const policy = response.headers.get("content-security-policy");
  expect(policy).toContain(`default-src 'none'; style-src 'sha256-${digest}';`);
  expect(page).not.toMatch(/<script|<img|<link|<iframe|<form|\ssrc=|style="|url\(|@import/);
  expect(page.replaceAll(aws.endpoint, "")).not.toMatch(/https?:/);
  expect(style).toContain("color-scheme: light dark");
});

test("a host that is markup is shown as text", async () => {
  await using aws = await startWaystation();
  const { request } = await import("node:http");
  const page = await new Promise<string>((resolve) => {
    const headers = { accept: BROWSER, host: 'a"><script>alert(1)</script>' };
    request(aws.endpoint, { headers }, async (response) => resolve((await response.toArray()).join(""))).end();
  });
  expect(page).toContain("http://a&quot;&gt;&lt;script&gt;alert(1)");
  expect(page).not.toContain("<script>");
});

test("HEAD is answered with the head of the page", async () => {
  await using aws = await startWaystation();
  const response = await fetch(aws.endpoint, { method: "HEAD", headers: { accept: BROWSER } });
  expect([response.status, response.headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
  expect(await response.text()).toBe("");
});

test.for([
  ["/", "*/*"],
  ["/", "application/json"],
  ["/health", BROWSER],
] as const)("GET %s that accepts %s is answered in JSON", async ([path, accept]) => {
  await using aws = await startWaystation();
  const response = await fetch(`${aws.endpoint}${path}`, { headers: { accept } });
  expect(await response.json()).toMatchObject({ name: "Waystation", status: "ok" });
});
