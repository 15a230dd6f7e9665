import { CreateStreamCommand, DescribeStreamSummaryCommand, KinesisClient } from "@aws-sdk/client-kinesis";
import { expect, test } from "vitest";
import { startWaystation } from "../../../src/index.ts";

test("a change takes as long as it is told to, the others as the profile says", async () => {
  await using aws = await startWaystation({ streamDurations: { creatingMs: 500 }, profile: "aws" });
  const clock = aws.clock();
  clock.freeze();
  const kinesis = aws.client(KinesisClient);
  const status = async () => {
    const { StreamDescriptionSummary } = await kinesis.send(new DescribeStreamSummaryCommand({ StreamName: "clicks" }));
    return StreamDescriptionSummary?.StreamStatus;
  };
  await kinesis.send(new CreateStreamCommand({ StreamName: "clicks", ShardCount: 1 }));
  await clock.advance(499);
  expect(await status()).toBe("CREATING");
  await clock.advance(1);
  expect(await status()).toBe("ACTIVE");
});
