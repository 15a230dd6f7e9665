import assert from "node:assert/strict";
import { test } from "node:test";
import { startServer } from "./support/server.js";
import { createTool, downloadsOf } from "./support/tool.js";

const server = await startServer();
const main = downloadsOf("cdk", "node_modules", "aws-cdk", "bin", "cdk");
const cdk = createTool("cdk", server.endpoint, [process.execPath, main, "--no-notices"]);

const deploy = "deploy --all --require-approval never".split(" ");

test("deploy makes the stacks in an account that nobody bootstrapped", async () => {
  await cdk.succeed(deploy);
  assert.equal((await server.queue("jobs")).DelaySeconds, "5");
  assert.notEqual(await server.queue("audit"), undefined);
});

test("the function of an asset handles what comes to its queue", async () => {
  await server.send("work", "order");
  await server.untilEmpty("work");
});

test("a custom resource answers by the CDK's own entry point", async () => {
  assert.notEqual(await server.queue("greeting-hello"), undefined);
});

test("bootstrap succeeds", async () => {
  const { output } = await cdk.succeed(["bootstrap", "aws://000000000000/us-east-1"]);
  assert.match(output, /bootstrapped/);
});

test("deploy of the same says that there are no changes", async () => {
  const { output } = await cdk.succeed([...deploy, "--app", "cdk.out"]);
  assert.match(output, /Shop \(no changes\)/);
  assert.match(output, /Audit \(no changes\)/);
});

test("diff tells what would change, and changes nothing", async () => {
  const { code, output } = await cdk.run(["diff", "--fail"], { DELAY: "9" });
  assert.equal(code, 1);
  assert.match(output, /\[-\] 5\s.*\[\+\] 9\s/s);
  assert.match(output, /Number of stacks with differences: 1/);
  assert.equal((await server.queue("jobs")).DelaySeconds, "5");
});

test("deploy of a change updates in place", async () => {
  // The diff has written what it compared.
  await cdk.succeed([...deploy, "--app", "cdk.out"]);
  assert.equal((await server.queue("jobs")).DelaySeconds, "9");
});

test("what is named after the answer of a custom resource follows it", async () => {
  await cdk.succeed(deploy, { DELAY: "9", WORD: "bye" });
  assert.notEqual(await server.queue("greeting-bye"), undefined);
  assert.equal(await server.queue("greeting-hello"), undefined);
});

test("an update that fails is rolled back", async () => {
  const { code, output } = await cdk.run(deploy, { DELAY: "901" });
  assert.equal(code, 1);
  assert.match(output, /UPDATE_ROLLBACK_COMPLET/);
  assert.equal((await server.queue("jobs")).DelaySeconds, "9");
});

test("destroy leaves no stack of the application", async () => {
  await cdk.succeed("destroy --all --force --app cdk.out".split(" "));
  assert.equal(await server.queueCount(), 0);
  assert.deepEqual(await server.functions(), []);
});
