import { expect, test } from "vitest";
import { createServices } from "../../src/app/modules/services.ts";
import { createOperate } from "../../src/app/operate.ts";
import { configFromOptions } from "../../src/app/settings/config.ts";
import { seededIds } from "../../src/kernel/ids.ts";
import { Clocks } from "../../src/kernel/time/clocks.ts";
import { type Interceptor, Interceptors } from "../../src/server/intercept.ts";
import { silentLogger } from "../../src/server/log.ts";
import { aFrozenClock } from "../support/service-call.ts";

const place = { account: "111111111111", region: "eu-west-1" };

function operating() {
  const ids = seededIds("operate");
  const services = createServices(configFromOptions({}), {
    clocks: new Clocks(aFrozenClock()),
    ids,
    log: silentLogger,
  });
  const interceptors = new Interceptors();
  const origin = () => "http://localhost:4566";
  const operate = createOperate({ services: services.list, interceptors, ids, origin });
  return { operate, interceptors, [Symbol.asyncDispose]: () => services.close() };
}

test("an operation runs in the account and region that are named, and its URLs are those of the server", async () => {
  await using here = operating();
  expect(await here.operate("sqs", "CreateQueue", { QueueName: "jobs" }, place)).toEqual({
    QueueUrl: "http://localhost:4566/111111111111/jobs",
  });
  expect(await here.operate("sqs", "ListQueues", {}, { ...place, region: "us-east-1" })).toEqual({});
  expect(await here.operate("sns", "CreateTopic", { Name: "events" }, place)).toEqual({
    TopicArn: "arn:aws:sns:eu-west-1:111111111111:events",
  });
});

test("the caller is the account, and services that are late are loaded", async () => {
  await using here = operating();
  expect(await here.operate("sts", "GetCallerIdentity", {}, place)).toMatchObject({ Account: "111111111111" });
});

test("inputs are checked as over the wire, types and constraints", async () => {
  await using here = operating();
  const create = (input: object) => here.operate("sqs", "CreateQueue", input, place);
  await expect(create({ QueueName: 7 })).rejects.toMatchObject({ shape: "SerializationException" });
  await expect(create({ QueueName: "a b" })).rejects.toMatchObject({ shape: "InvalidParameterValueException" });
  await expect(here.operate("sqs", "MakeQueue", {}, place)).rejects.toThrow("MakeQueue");
});

test("blobs are bytes or base64, and are kept", async () => {
  await using here = operating();
  await here.operate("kinesis", "CreateStream", { StreamName: "clicks", ShardCount: 1 }, place);
  const records = [Buffer.from("a"), new Uint8Array([98]), "Yw=="].map((Data) => ({ Data, PartitionKey: "k" }));
  await here.operate("kinesis", "PutRecords", { StreamName: "clicks", Records: records }, place);
  const { ShardIterator } = (await here.operate(
    "kinesis",
    "GetShardIterator",
    { StreamName: "clicks", ShardId: "shardId-000000000000", ShardIteratorType: "TRIM_HORIZON" },
    place,
  )) as { ShardIterator: string };
  const { Records } = (await here.operate("kinesis", "GetRecords", { ShardIterator }, place)) as {
    Records: { Data: Uint8Array }[];
  };
  expect(Records.map(({ Data }) => String(Buffer.from(Data)))).toEqual(["a", "b", "c"]);
});

test("whoever has a say between route and operation has it here, too", async () => {
  await using here = operating();
  const seen: unknown[] = [];
  const watching: Interceptor = ({ service, operation, call }, next) => {
    seen.push([service.id, operation.name, call.header("user-agent"), call.scope.account]);
    return next();
  };
  const leave = here.interceptors.add(watching);
  await here.operate("sqs", "CreateQueue", { QueueName: "jobs" }, place);
  expect(seen).toEqual([["sqs", "CreateQueue", "waystation", "111111111111"]]);
  leave();
  here.interceptors.add((interception) => interception.hangUp("unanswered"));
  await expect(here.operate("sqs", "ListQueues", {}, place)).rejects.toThrow("got no answer");
});
