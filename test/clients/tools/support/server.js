import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { after } from "node:test";
import { fileURLToPath } from "node:url";

const MAIN = fileURLToPath(new URL("../../../../dist/bundle/main.js", import.meta.url));

/** A server on a port of its own, which ends with the tests of the file, also when those are killed. */
export async function startServer() {
  const options = ["start", "--port", "0", "--log-level", "error", "--stop-with-input"];
  const server = spawn(process.execPath, [MAIN, ...options], { stdio: ["pipe", "pipe", "inherit"] });
  after(async () => {
    const ended = once(server, "exit");
    server.stdin.end();
    await ended;
  });
  const [line] = await once(createInterface({ input: server.stdout }), "line");
  const endpoint = line.split(" ").at(-1);
  return { endpoint, ...questions(endpoint) };
}

/** What tests ask the server itself, so that nothing rests on what a tool says of its deeds. */
function questions(endpoint) {
  const ask = async (target, input) => {
    const headers = { "content-type": "application/x-amz-json-1.0", "x-amz-target": target };
    const answer = await fetch(endpoint, { method: "POST", headers, body: JSON.stringify(input) });
    return answer.json();
  };
  return {
    /** The attributes of a queue by its name, or undefined when there is no such queue. */
    async queue(name) {
      const { QueueUrl } = await ask("AmazonSQS.GetQueueUrl", { QueueName: name });
      if (QueueUrl === undefined) return undefined;
      return (await ask("AmazonSQS.GetQueueAttributes", { QueueUrl, AttributeNames: ["All"] })).Attributes;
    },
    async send(name, MessageBody) {
      const { QueueUrl } = await ask("AmazonSQS.GetQueueUrl", { QueueName: name });
      await ask("AmazonSQS.SendMessage", { QueueUrl, MessageBody });
    },
    /** Waits until nothing is left in a queue. */
    async untilEmpty(queue) {
      const body = JSON.stringify({ until: "empty", queue, timeout: "1m" });
      assert.equal((await fetch(`${endpoint}/_waystation/wait`, { method: "POST", body })).status, 200);
    },
    /** The names of all functions. */
    async functions() {
      const { functions } = await (await fetch(`${endpoint}/_waystation/functions`)).json();
      return functions.map(({ name }) => name);
    },
    /** Makes a bucket for what a tool uploads. */
    async createBucket(name) {
      const signature = "Credential=test/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0";
      const headers = { authorization: `AWS4-HMAC-SHA256 ${signature}` };
      assert.equal((await fetch(`${endpoint}/${name}`, { method: "PUT", headers })).status, 200);
    },
    /** How many queues there are. */
    async queueCount() {
      return ((await ask("AmazonSQS.ListQueues", {})).QueueUrls ?? []).length;
    },
  };
}
