import assert from "node:assert/strict";
import { test } from "node:test";
import { findTerraform, INIT } from "./support/provider.js";
import { startServer } from "./support/server.js";
import { createTool } from "./support/tool.js";

const server = await startServer();
const terraform = createTool("terraform", server.endpoint, [await findTerraform()]);

const said = ["-input=false", "-no-color"];
const apply = ["apply", "-auto-approve", ...said];

test("apply makes fifteen resources", async () => {
  await terraform.succeed(INIT);
  assert.match((await terraform.succeed(apply)).out, /Resources: 15 added, 0 changed, 0 destroyed/);
  assert.equal((await server.queue("jobs")).DelaySeconds, "5");
});

test("plan finds nothing to do then", async () => {
  // Status 2 is a difference.
  const { code, output } = await terraform.run(["plan", "-detailed-exitcode", ...said]);
  assert.equal(code, 0, output);
  assert.match(output, /No changes/);
});

test("apply of a change updates in place", async () => {
  assert.match((await terraform.succeed([...apply, "-var=delay=9"])).out, /0 added, 1 changed, 0 destroyed/);
  assert.equal((await server.queue("jobs")).DelaySeconds, "9");
});

test("destroy leaves nothing", async () => {
  assert.match((await terraform.succeed(["destroy", "-auto-approve", ...said])).out, /15 destroyed/);
  assert.equal(await server.queueCount(), 0);
});
