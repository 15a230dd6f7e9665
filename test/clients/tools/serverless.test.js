import assert from "node:assert/strict";
import { test } from "node:test";
import { startServer } from "./support/server.js";
import { createTool, downloadsOf } from "./support/tool.js";

const server = await startServer();
await server.createBucket("artefacts");
const main = downloadsOf("serverless", "node_modules", "serverless", "bin", "serverless.js");
const serverless = createTool("serverless", server.endpoint, [process.execPath, main]);

test("deploy makes the stack of a service", async () => {
  const { output } = await serverless.succeed(["deploy", "--verbose"]);
  assert.match(output, /Service deployed to stack shop-dev/);
  assert.match(output, /JobsUrl: http:.*\/jobs/);
  assert.equal((await server.queue("jobs")).DelaySeconds, "5");
});

test("the function handles what comes to its queue", async () => {
  await server.send("work", "order");
  await server.untilEmpty("work");
});

test("deploy of the same says that there are no changes", async () => {
  const { output } = await serverless.succeed(["deploy"]);
  assert.match(output, /No changes to deploy/);
});

test("deploy of a change updates in place", async () => {
  await serverless.succeed(["deploy"], { DELAY: "9" });
  assert.equal((await server.queue("jobs")).DelaySeconds, "9");
});

test("an update that fails is rolled back", async () => {
  const { code, output } = await serverless.run(["deploy"], { DELAY: "901" });
  assert.equal(code, 1);
  assert.match(output, /UPDATE_FAILED: Jobs \(AWS::SQS::Queue\)/);
  assert.equal((await server.queue("jobs")).DelaySeconds, "9");
});

test("info tells of the stack", async () => {
  assert.match((await serverless.succeed(["info"])).output, /stack: shop-dev/);
});

test("remove leaves nothing of the stack", async () => {
  await serverless.succeed(["remove"]);
  assert.equal(await server.queueCount(), 0);
  assert.deepEqual(await server.functions(), []);
});
