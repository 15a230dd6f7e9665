import { afterAll, beforeAll, expect, test } from "vitest";
import { BuiltCli } from "../support/built-cli.ts";
import { aLook } from "../support/looking.ts";

let cli: BuiltCli;
beforeAll(() => {
  cli = new BuiltCli();
});
afterAll(() => cli[Symbol.dispose]());

test("commands find the server by a variable, and say how it went by their exit code", async () => {
  await using server = await aLook();
  await server.queue("orders");
  const environment = { WAYSTATION_ENDPOINT: server.emulator.endpoint };
  using ls = cli.run(["ls", "queues"], environment);
  expect(await ls.end()).toMatchObject({
    exitCode: 0,
    stdout: expect.stringMatching(/^QUEUE .*\norders /),
    stderr: "",
  });
  using wait = cli.run(["wait", "visible", "orders", "--timeout", "0"], environment);
  expect(await wait.end()).toMatchObject({
    exitCode: 1,
    stdout: "",
    stderr: expect.stringContaining("There never was a message in orders."),
  });
  using unknown = cli.run(["lss"], environment);
  expect(await unknown.end()).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("did you mean ls?") });
});

test("what is followed ends without a word when nobody reads it, as behind head -1", async () => {
  await using server = await aLook();
  const QueueUrl = await server.queue("orders");
  using tail = cli.run(["tail", "orders"], { AWS_ENDPOINT_URL: server.emulator.endpoint });
  await tail.stderr.until("Following orders");
  await server.sqs("SendMessage", { QueueUrl, MessageBody: "first" });
  await tail.stdout.until("first");
  tail.hangUp();
  await server.sqs("SendMessage", { QueueUrl, MessageBody: "second" });
  const { exitCode, stderr } = await tail.end();
  expect([exitCode, stderr]).toEqual([0, "Following orders; Ctrl+C ends it.\n"]);
});
