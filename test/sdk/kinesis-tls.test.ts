import { Agent } from "node:https";
import type { KinesisClientConfig } from "@aws-sdk/client-kinesis";
import { NodeHttp2Handler, NodeHttpHandler } from "@smithy/node-http-handler";
import { describe, expect, test } from "vitest";
import { aClient, nextOf, textsOf } from "../support/kinesis-client.ts";

const anybody = { rejectUnauthorized: false };

describe.for<[title: string, config: () => KinesisClientConfig]>([
  ["HTTP/2", () => ({ requestHandler: new NodeHttp2Handler({ nodeHttp2ConnectOptions: anybody }) })],
  ["HTTP/1.1", () => ({ requestHandler: new NodeHttpHandler({ httpsAgent: new Agent(anybody) }) })],
])("over %s and TLS", ([, config]) => {
  test("records are put and read", async () => {
    await using kinesis = await aClient({ ...config(), secure: true });
    await kinesis.create();
    await kinesis.put("x");
    const { Records } = await kinesis.client.getRecords({ ShardIterator: await kinesis.iterator() });
    expect(textsOf(Records)).toEqual(["x"]);
  });

  test("a subscription is pushed what is put after it opened", async () => {
    await using kinesis = await aClient({ ...config(), secure: true });
    await kinesis.create();
    const events = await kinesis.subscribe(await kinesis.register());
    const waiting = nextOf(events);
    await kinesis.put("x");
    expect(textsOf((await waiting).Records)).toEqual(["x"]);
    await events.return?.();
  });
});
