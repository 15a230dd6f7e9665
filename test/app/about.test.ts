import { expect, test } from "vitest";
import { startWaystation } from "../../src/index.ts";

/** What browsers send when somebody types an address. */
const BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8";

test.for(["GET", "HEAD"])(
  "%s of a browser leads to the console, under the name that the browser came by",
  async (method) => {
    await using aws = await startWaystation();
    const headers = { accept: BROWSER };
    const { status, headers: answered } = await fetch(aws.endpoint, { method, headers, redirect: "manual" });
    expect([status, answered.get("location")]).toEqual([302, "/_waystation/"]);
    expect(answered.get("vary")).toContain("accept");
  },
);

test.for([
  ["/", "*/*"],
  ["/", "application/json"],
  ["/health", BROWSER],
] as const)("GET %s that accepts %s is answered in JSON", async ([path, accept]) => {
  await using aws = await startWaystation();
  const response = await fetch(`${aws.endpoint}${path}`, { headers: { accept } });
  expect(await response.json()).toMatchObject({ name: "Waystation", status: "ok" });
});

test("GET /health says which services run, as LocalStack's old health route did, for scripts that search the text", async () => {
  await using aws = await startWaystation();
  const text = await (await fetch(`${aws.endpoint}/health`)).text();
  expect(text).toContain('"sqs": "running"');
  expect(text).toContain('"kinesis": "available"');
  expect(text).toContain('"initScripts": "initialized"');
});

test("a browser that asks for an operation at the front door is answered that", async () => {
  await using aws = await startWaystation();
  const response = await fetch(`${aws.endpoint}/?Action=ListQueues`, { headers: { accept: BROWSER } });
  expect(await response.text()).toContain("ListQueuesResponse");
});
