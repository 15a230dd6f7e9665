import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { ARN, aClient, transports } from "../support/kinesis-client.ts";

const MINUTE = 60_000;

describe.for(transports)("over %s", ([, config]) => {
  test("a channel is created, listed and deleted", async () => {
    await using kinesis = await aClient(config());
    const { client } = kinesis;
    await client.createStream({ StreamName: "orders", StreamModeDetails: { StreamMode: "ON_DEMAND" } });
    const bucket = { BucketARN: "arn:aws:s3:::bucket", ExpectedBucketOwner: "000000000000" };
    const { ChannelDescription } = await client.createChannel({
      ChannelName: "archive",
      ServiceExecutionRoleARN: "arn:aws:iam::000000000000:role/delivery",
      StreamConfigurationList: [{ StreamARN: ARN, RecordConfiguration: { RecordFormatType: "JSON" } }],
      S3DestinationConfiguration: { StorageConfiguration: { ...bucket, CompressionType: "NONE" } },
    });
    const { ChannelARN } = ChannelDescription!;
    expect((await client.describeChannel({ ChannelARN })).ChannelDescription?.ChannelStatus).toBe("ACTIVE");
    expect((await client.listChannels({})).ChannelSummaries).toMatchObject([
      { ChannelARN, ChannelDestinationType: "S3" },
    ]);
    await client.deleteChannel({ ChannelARN });
    expect((await client.listChannels({})).ChannelSummaries).toEqual([]);
  });

  test("a channel delivers to the folder that stands in for S3", async () => {
    const folder = mkdtempSync(join(tmpdir(), "waystation-"));
    try {
      const kinesis = await aClient(config(), { channelDir: folder, profile: "aws", kinesisCapacity: "off" });
      const { client, clock } = kinesis;
      await client.createStream({ StreamName: "orders", StreamModeDetails: { StreamMode: "ON_DEMAND" } });
      await clock.advance(30_000);
      const bucket = { BucketARN: "arn:aws:s3:::bucket", ExpectedBucketOwner: "000000000000" };
      await client.createChannel({
        ChannelName: "archive",
        ServiceExecutionRoleARN: "arn:aws:iam::000000000000:role/delivery",
        StreamConfigurationList: [{ StreamARN: ARN, RecordConfiguration: { RecordFormatType: "STRING" } }],
        S3DestinationConfiguration: {
          StorageConfiguration: {
            ...bucket,
            CompressionType: "GZIP",
            OutputKeyTemplate: "!{stream-name}/all!{extension}",
          },
        },
      });
      await clock.advance(30_000);
      await kinesis.put("one\n");
      await kinesis.put("two\n", { PartitionKey: "b" });
      await clock.advance(5 * MINUTE);
      client.destroy();
      await kinesis.emulator.close();
      const [object = "", ...others] = readdirSync(join(folder, "bucket/orders"));
      expect(others).toEqual([]);
      expect(object).toMatch(/^all-000000-[0-9a-f]{12}\.gz$/);
      expect(gunzipSync(readFileSync(join(folder, "bucket/orders", object))).toString()).toBe("one\ntwo\n");
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
