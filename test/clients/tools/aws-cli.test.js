import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { runCommand } from "./support/run-command.js";
import { startServer } from "./support/server.js";
import { createTool, downloadsOf } from "./support/tool.js";

const server = await startServer();
const installed = downloadsOf("aws-cli", "site-packages");
const aws = createTool("aws-cli", server.endpoint, [join(installed, "bin", "aws")], { PYTHONPATH: installed });

const words = (text) => text.split(" ");
const stack = ["--stack-name", "shop"];
const deploy = [...words("cloudformation deploy --template-file packaged.yaml"), ...stack];
/** Version 1 of the CLI does not take the address of SQS from the environment. */
const sqs = ["sqs", "--endpoint-url", server.endpoint];

async function told(args) {
  return JSON.parse((await aws.succeed([...args, "--output", "json"])).out);
}

async function statusOf(name) {
  const { Stacks } = await told(["cloudformation", "describe-stacks", "--stack-name", name]);
  return Stacks[0].StackStatus;
}

/** The CLI names a change set by the second it is in and leaves an empty one behind, so that the next of that second is refused. */
async function deleteChangeSets() {
  const { Summaries } = await told(["cloudformation", "list-change-sets", ...stack]);
  for (const { ChangeSetId } of Summaries) {
    await aws.succeed(["cloudformation", "delete-change-set", "--change-set-name", ChangeSetId]);
  }
}

test("a template is packaged: what it nests is uploaded", async () => {
  await aws.succeed(words("s3 mb s3://artefacts"));
  await aws.succeed(
    words(
      "cloudformation package --template-file template.yaml --s3-bucket artefacts --output-template-file packaged.yaml",
    ),
  );
  assert.equal((await told(words("s3api list-objects-v2 --bucket artefacts"))).Contents.length, 1);
});

test("deploy makes the stack and all in it", async () => {
  await aws.succeed(deploy);
  assert.equal(await statusOf("shop"), "CREATE_COMPLETE");
  assert.equal((await server.queue("jobs")).DelaySeconds, "5");
  assert.notEqual(await server.queue("audit"), undefined);
});

test("deploy of the same says that there are no changes, which version 1 takes for a failure", async () => {
  const { code, err } = await aws.run(deploy);
  assert.match(err, /No changes to deploy\. Stack shop is up to date/);
  assert.equal(code, 255);
  await deleteChangeSets();
  await aws.succeed([...deploy, "--no-fail-on-empty-changeset"]);
  await deleteChangeSets();
});

test("deploy with another parameter updates in place", async () => {
  await aws.succeed([...deploy, "--parameter-overrides", "Delay=9"]);
  assert.equal(await statusOf("shop"), "UPDATE_COMPLETE");
  assert.equal((await server.queue("jobs")).DelaySeconds, "9");
});

test("an update that fails is rolled back", async () => {
  const { code, err } = await aws.run([...deploy, "--parameter-overrides", "Delay=901"]);
  assert.equal(code, 255);
  assert.match(err, /Failed to create\/update the stack/);
  assert.equal(await statusOf("shop"), "UPDATE_ROLLBACK_COMPLETE");
  assert.equal((await server.queue("jobs")).DelaySeconds, "9");
});

test("delete-stack and its waiter end when nothing is left", async () => {
  await aws.succeed(["cloudformation", "delete-stack", ...stack]);
  await aws.succeed(["cloudformation", "wait", "stack-delete-complete", ...stack]);
  assert.equal(await server.queueCount(), 0);
});

test("create-stack, update-stack and their waiters", async () => {
  const plain = ["--stack-name", "plain", "--template-body", "file://nested.yaml"];
  await aws.succeed(["cloudformation", "create-stack", ...plain]);
  await aws.succeed(words("cloudformation wait stack-create-complete --stack-name plain"));
  const { code, err } = await aws.run(["cloudformation", "update-stack", ...plain]);
  assert.equal(code, 255);
  assert.match(err, /No updates are to be performed/);
  await aws.succeed(["cloudformation", "update-stack", ...plain, "--tags", "Key=team,Value=blue"]);
  await aws.succeed(words("cloudformation wait stack-update-complete --stack-name plain"));
});

test("a queue, from its making to its end", async () => {
  const { QueueUrl } = await told([...sqs, "create-queue", "--queue-name", "walk"]);
  const queue = ["--queue-url", QueueUrl];
  await aws.succeed([...sqs, "send-message", ...queue, "--message-body", "hello"]);
  const { Messages } = await told([...sqs, "receive-message", ...queue]);
  assert.equal(Messages[0].Body, "hello");
  await aws.succeed([...sqs, "delete-message", ...queue, "--receipt-handle", Messages[0].ReceiptHandle]);
  await aws.succeed([...sqs, "delete-queue", ...queue]);
  assert.equal(await server.queue("walk"), undefined);
});

test("a topic publishes to a queue", async () => {
  const { TopicArn } = await told(words("sns create-topic --name walk"));
  const topic = ["--topic-arn", TopicArn];
  const endpoint = (await server.queue("audit")).QueueArn;
  await aws.succeed(["sns", "subscribe", ...topic, "--protocol", "sqs", "--notification-endpoint", endpoint]);
  await aws.succeed(["sns", "publish", ...topic, "--message", "hello"]);
  assert.equal((await server.queue("audit")).ApproximateNumberOfMessages, "1");
  await aws.succeed(["sns", "delete-topic", ...topic]);
});

test("a stream, with its waiters", async () => {
  const stream = ["--stream-name", "walk"];
  await aws.succeed(["kinesis", "create-stream", ...stream, "--shard-count", "1"]);
  await aws.succeed(["kinesis", "wait", "stream-exists", ...stream]);
  const record = ["--partition-key", "one", "--data", "hello"];
  const { ShardId } = await told(["kinesis", "put-record", ...stream, ...record]);
  const from = ["--shard-id", ShardId, "--shard-iterator-type", "TRIM_HORIZON"];
  const { ShardIterator } = await told(["kinesis", "get-shard-iterator", ...stream, ...from]);
  const { Records } = await told(["kinesis", "get-records", "--shard-iterator", ShardIterator]);
  assert.equal(Buffer.from(Records[0].Data, "base64").toString(), "hello");
  await aws.succeed(["kinesis", "delete-stream", ...stream]);
  await aws.succeed(["kinesis", "wait", "stream-not-exists", ...stream]);
});

test("a function, from its making to its end", async () => {
  const { cwd } = aws;
  const zip = ["-m", "zipfile", "-c", "worker.zip", "worker/index.js"];
  assert.equal((await runCommand("python3", zip, { cwd })).code, 0);
  const named = ["--function-name", "worker"];
  const facts = "--runtime nodejs22.x --handler index.handler --role arn:aws:iam::000000000000:role/any";
  await aws.succeed([...words("lambda create-function --zip-file fileb://worker.zip"), ...named, ...words(facts)]);
  await aws.succeed(["lambda", "wait", "function-active-v2", ...named]);
  const invoke = ["lambda", "invoke", ...named, "--payload", '{"word":"hello"}', "answer.json"];
  assert.equal((await told(invoke)).StatusCode, 200);
  assert.deepEqual(JSON.parse(readFileSync(join(cwd, "answer.json"), "utf8")), { word: "hello" });
  await aws.succeed(["lambda", "update-function-configuration", ...named, "--timeout", "9"]);
  await aws.succeed(["lambda", "wait", "function-updated-v2", ...named]);
  assert.equal((await told(["lambda", "get-function-configuration", ...named])).Timeout, 9);

  await aws.succeed([...sqs, "create-queue", "--queue-name", "work"]);
  const source = ["--event-source-arn", (await server.queue("work")).QueueArn];
  const { UUID } = await told(["lambda", "create-event-source-mapping", ...named, ...source]);
  await server.send("work", "order");
  await server.untilEmpty("work");
  await aws.succeed(["lambda", "delete-event-source-mapping", "--uuid", UUID]);
  await aws.succeed(["lambda", "delete-function", ...named]);
  assert.deepEqual(await server.functions(), []);
});
