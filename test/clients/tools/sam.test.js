import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { startServer } from "./support/server.js";
import { createTool, downloadsOf } from "./support/tool.js";

const server = await startServer();
const installed = downloadsOf("sam", "site-packages");
const sam = createTool("sam", server.endpoint, [join(installed, "bin", "sam")], { PYTHONPATH: installed });

await server.createBucket("artefacts");
const deploy =
  "deploy --stack-name shop --s3-bucket artefacts --no-confirm-changeset --capabilities CAPABILITY_IAM".split(" ");

test("build and validate take the template", async () => {
  await sam.succeed(["build"]);
  await sam.succeed(["validate", "--lint"]);
});

test("deploy makes the stack and all in it", async () => {
  const { out } = await sam.succeed(deploy);
  assert.match(out, /Successfully created\/updated stack - shop/);
  assert.equal((await server.queue("jobs")).DelaySeconds, "5");
});

test("the function handles what comes to its queue", async () => {
  await server.send("work", "order");
  await server.untilEmpty("work");
});

test("deploy of the same says that there are no changes, which is a failure unless it is said not to be", async () => {
  const { code, output } = await sam.run(deploy);
  assert.match(output, /No changes to deploy\. Stack shop is up to date/);
  assert.equal(code, 1);
  await sam.succeed([...deploy, "--no-fail-on-empty-changeset"]);
});

test("deploy with another parameter updates in place", async () => {
  await sam.succeed([...deploy, "--parameter-overrides", "Delay=9"]);
  assert.equal((await server.queue("jobs")).DelaySeconds, "9");
});

test("an update that fails is rolled back", async () => {
  const { code, output } = await sam.run([...deploy, "--parameter-overrides", "Delay=901"]);
  assert.equal(code, 1);
  assert.match(output, /UPDATE_ROLLBACK_COMPLETE/);
  assert.equal((await server.queue("jobs")).DelaySeconds, "9");
});

test("list tells the outputs of the stack", async () => {
  const { out } = await sam.succeed("list stack-outputs --stack-name shop --output json".split(" "));
  assert.match(JSON.parse(out)[0].OutputValue, /\/jobs$/);
});

test("delete leaves nothing of the stack", async () => {
  await sam.succeed("delete --stack-name shop --s3-bucket artefacts --region us-east-1 --no-prompts".split(" "));
  assert.equal(await server.queueCount(), 0);
  assert.deepEqual(await server.functions(), []);
});
