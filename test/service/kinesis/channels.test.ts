import { describe, expect, test } from "vitest";
import {
  ACCOUNT,
  aKinesis,
  type Input,
  inUse,
  invalid,
  invalidArgument,
  limitExceeded,
  noStream,
  notFound,
  OTHER_ACCOUNT,
  refusal,
  SECOND,
  START,
  slow,
} from "../../support/kinesis.ts";

// Kinesis reference 6.31

const BUCKET = { BucketARN: "arn:aws:s3:::bucket", ExpectedBucketOwner: ACCOUNT };
const S3 = { StorageConfiguration: { ...BUCKET, CompressionType: "GZIP" } };
const TABLES = {
  DeadLetterQueueS3Configuration: BUCKET,
  S3TablesConfigurationList: [
    {
      TableBucketARN: `arn:aws:s3tables:us-east-1:${ACCOUNT}:bucket/tables`,
      Namespace: "n",
      TableName: "t",
      CompressionType: "ZSTD",
    },
  ],
};

const SCHEMA = `arn:aws:glue:us-east-1:${ACCOUNT}:schema/registry/schema`;
const DEFAULT_TEMPLATE =
  "kinesis-channel/!{channel-name}/!{channel-id}/!{yyyy}/!{MM}/!{dd}/!{HH}/!{channel-name}-!{channel-id}-!{yyyy}-!{MM}-!{dd}-!{HH}-!{mm}!{extension}";

interface Channel {
  readonly ChannelARN: string;
  readonly ChannelId: string;
  readonly ChannelStatus: string;
}

interface Listing {
  readonly ChannelSummaries: readonly { readonly ChannelName: string; readonly ChannelStatus: string }[];
  readonly NextToken?: string;
}

function aStream(changes = {}) {
  const kinesis = aKinesis(changes);
  const StreamARN = kinesis.arnOf(kinesis.createOnDemand("s"));
  const input = (more: Input = {}): Input => ({
    ChannelName: "channel",
    ServiceExecutionRoleARN: `arn:aws:iam::${ACCOUNT}:role/delivery`,
    StreamConfigurationList: [{ StreamARN, RecordConfiguration: { RecordFormatType: "JSON" } }],
    S3DestinationConfiguration: S3,
    ...more,
  });
  const toTables = (more: Input = {}): Input => ({
    StreamConfigurationList: [
      { StreamARN, RecordConfiguration: { RecordFormatType: "JSON", GSRSchemaARN: SCHEMA, ...more } },
    ],
    S3DestinationConfiguration: undefined,
    S3TablesDestinationConfiguration: TABLES,
  });
  return {
    ...kinesis,
    StreamARN,
    input,
    toTables,
    createChannel: (more: Input = {}) =>
      kinesis.call<{ readonly ChannelDescription: Channel }>("CreateChannel", input(more)).ChannelDescription,
    describeChannel: (ChannelARN: string) =>
      kinesis.call<{ readonly ChannelDescription: Channel }>("DescribeChannel", { ChannelARN }).ChannelDescription,
  };
}

describe("CreateChannel", () => {
  test("begins a channel to a bucket", () => {
    const { createChannel, StreamARN } = aStream();
    const channel = createChannel();
    expect(channel).toEqual({
      ChannelName: "channel",
      ChannelARN: `arn:aws:kinesis:us-east-1:${ACCOUNT}:channel/${channel.ChannelId}`,
      ChannelId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      ChannelStatus: "CREATING",
      ChannelCreationTimestamp: START,
      ServiceExecutionRoleARN: `arn:aws:iam::${ACCOUNT}:role/delivery`,
      StreamConfigurationList: [
        {
          StreamARN,
          StreamCreationTimestamp: START,
          RecordConfiguration: { RecordFormatType: "JSON", GSRSchemaARN: undefined },
        },
      ],
      S3DestinationConfiguration: {
        DataFreshnessInSeconds: 300,
        DeadLetterQueueS3Configuration: {
          ...BUCKET,
          ErrorOutputPrefix: `kinesis-channel/errors/channel/${channel.ChannelId}/`,
        },
        StorageConfiguration: {
          ...BUCKET,
          CompressionType: "GZIP",
          OutputKeyTemplate: DEFAULT_TEMPLATE,
          StorageClass: "STANDARD",
        },
      },
      EncryptionConfiguration: undefined,
      LoggingConfiguration: {
        CloudWatchLogs: {
          Enabled: false,
          LogGroupName: `/aws/kinesis/channel/${channel.ChannelId}`,
          LogStreamName: "DestinationDelivery",
        },
      },
    });
  });

  test("begins a channel to a table", () => {
    const { createChannel, toTables } = aStream();
    const PartitionSpec = { PartitionFields: [{ Transform: "TIME_HOUR", SourceName: "at" }] };
    const tables = {
      ...TABLES,
      DataFreshnessInSeconds: 600,
      S3TablesConfigurationList: [{ ...TABLES.S3TablesConfigurationList[0], PartitionSpec }],
    };
    const channel = createChannel({ ...toTables(), S3TablesDestinationConfiguration: tables });
    expect(channel).toMatchObject({
      StreamConfigurationList: [{ RecordConfiguration: { RecordFormatType: "JSON", GSRSchemaARN: SCHEMA } }],
      S3TablesDestinationConfiguration: {
        ...tables,
        DeadLetterQueueS3Configuration: {
          ...BUCKET,
          ErrorOutputPrefix: `kinesis-channel/errors/channel/${channel.ChannelId}/`,
        },
      },
    });
  });

  test("keeps everything it is told", () => {
    const { call, createChannel, describeChannel } = aStream();
    const told = {
      S3DestinationConfiguration: {
        DataFreshnessInSeconds: 600,
        DeadLetterQueueS3Configuration: { ...BUCKET, ErrorOutputPrefix: "errors/" },
        StorageConfiguration: {
          ...BUCKET,
          CompressionType: "NONE",
          OutputKeyTemplate: "x/!{yyyy}",
          StorageClass: "GLACIER_IR",
        },
      },
      EncryptionConfiguration: { EncryptionType: "KMS", KeyId: "alias/mine" },
      LoggingConfiguration: { CloudWatchLogs: { Enabled: true, LogGroupName: "g", LogStreamName: "l" } },
    };
    const { ChannelARN } = createChannel({ ...told, Tags: { k: "v" } });
    expect(describeChannel(ChannelARN)).toMatchObject(told);
    expect(call("DescribeStreamSummary", { StreamName: "s" })).toMatchObject({
      StreamDescriptionSummary: { ChannelCount: 1 },
    });
    expect(call("DescribeLimits")).toMatchObject({ ChannelCount: 1 });
  });

  test("is ACTIVE after a while", () => {
    const { clock, createChannel, describeChannel } = aStream(slow);
    const { ChannelARN } = createChannel();
    clock.advance(30 * SECOND - 1);
    expect(describeChannel(ChannelARN).ChannelStatus).toBe("CREATING");
    clock.advance(1);
    expect(describeChannel(ChannelARN).ChannelStatus).toBe("ACTIVE");
  });

  const ONE_DESTINATION = invalidArgument(
    "Exactly one of S3DestinationConfiguration and S3TablesDestinationConfiguration must be provided.",
  );
  const source = (StreamARN: string, RecordFormatType = "JSON") => ({
    StreamConfigurationList: [{ StreamARN, RecordConfiguration: { RecordFormatType } }],
  });

  test.for<[title: string, more: Input, expected: object]>([
    ["no destination", { S3DestinationConfiguration: undefined }, ONE_DESTINATION],
    ["two destinations", { S3TablesDestinationConfiguration: TABLES }, ONE_DESTINATION],
    [
      "records of a schema to a bucket",
      source(`arn:aws:kinesis:us-east-1:${ACCOUNT}:stream/s`, "GSR_JSON"),
      invalidArgument("GSR_JSON records cannot go to S3."),
    ],
    [
      "a placeholder that nothing fills",
      {
        S3DestinationConfiguration: {
          StorageConfiguration: { ...S3.StorageConfiguration, OutputKeyTemplate: "!{year}" },
        },
      },
      invalidArgument("Invalid OutputKeyTemplate: !{year}"),
    ],
    [
      "a bucket that cannot be one",
      {
        S3DestinationConfiguration: {
          StorageConfiguration: { ...S3.StorageConfiguration, BucketARN: "arn:aws:s3:::B" },
        },
      },
      invalid(
        "'arn:aws:s3:::B' at 's3DestinationConfiguration.storageConfiguration.bucketARN': Member must satisfy regular expression pattern: arn:aws[-a-z0-9]*:s3:::[a-z0-9._-]{3,63}",
      ),
    ],
    ["a stream that does not exist", source(`arn:aws:kinesis:us-east-1:${ACCOUNT}:stream/z`), noStream("z")],
    [
      "AWS's own key",
      { EncryptionConfiguration: { EncryptionType: "KMS", KeyId: "alias/aws/kinesis" } },
      invalidArgument("alias/aws/kinesis cannot encrypt a channel."),
    ],
    [
      "no streams",
      { StreamConfigurationList: [] },
      invalid("'[]' at 'streamConfigurationList': Member must have length greater than or equal to 1"),
    ],
    [
      "a compression that does not exist",
      { S3DestinationConfiguration: { StorageConfiguration: { ...BUCKET, CompressionType: "ZIP" } } },
      invalid(
        "'ZIP' at 's3DestinationConfiguration.storageConfiguration.compressionType': Member must satisfy enum value set: [NONE, GZIP, ZSTD]",
      ),
    ],
  ])("refuses %s", ([, more, expected]) => {
    const { failure, input } = aStream();
    expect(failure("CreateChannel", input(more))).toEqual(expected);
  });

  test.for(["STRING", "BYTE_ARRAY"])("refuses %s records for tables", (RecordFormatType) => {
    const { failure, input, toTables } = aStream();
    expect(failure("CreateChannel", input(toTables({ RecordFormatType })))).toEqual(
      invalidArgument(`${RecordFormatType} records cannot go to tables.`),
    );
  });

  test("refuses tables without a schema", () => {
    const { failure, input, toTables } = aStream();
    expect(failure("CreateChannel", input(toTables({ GSRSchemaARN: undefined })))).toEqual(
      invalidArgument("GSRSchemaARN must be provided for a channel to tables."),
    );
  });

  test.for([
    { seconds: 299, isTaken: false },
    { seconds: 300, isTaken: true },
    { seconds: 900, isTaken: true },
    { seconds: 901, isTaken: false },
  ])("takes $seconds seconds of freshness: $isTaken", ({ seconds, isTaken }) => {
    const { createChannel, failure, input, toTables } = aStream();
    const toBucket = { S3DestinationConfiguration: { ...S3, DataFreshnessInSeconds: seconds } };
    const tables = {
      ...toTables(),
      ChannelName: "tables",
      S3TablesDestinationConfiguration: { ...TABLES, DataFreshnessInSeconds: seconds },
    };
    for (const destination of [toBucket, tables]) {
      if (isTaken) createChannel(destination);
      else {
        expect(failure("CreateChannel", input(destination))).toEqual(
          invalidArgument(`DataFreshnessInSeconds must be between 300 and 900, not ${seconds}.`),
        );
      }
    }
  });

  test("refuses a stream of another account", () => {
    const { call, createOnDemand, arnOf, failure, input } = aStream();
    createOnDemand("t");
    call(
      "CreateStream",
      { StreamName: "t", StreamModeDetails: { StreamMode: "ON_DEMAND" } },
      { account: OTHER_ACCOUNT },
    );
    expect(failure("CreateChannel", input(source(arnOf("t", OTHER_ACCOUNT))))).toEqual(
      invalidArgument(`stream t under account ${OTHER_ACCOUNT} is not of the caller's.`),
    );
  });

  test("refuses a second channel of the same kind, and takes one of the other", () => {
    const { createChannel, failure, input, toTables } = aStream();
    createChannel();
    expect(failure("CreateChannel", input({ ChannelName: "second" }))).toEqual(
      limitExceeded("A stream can have one channel to S3 and one to S3 tables."),
    );
    createChannel({ ChannelName: "second", ...toTables() });
  });

  test("refuses provisioned streams", () => {
    const { arnOf, create, failure, input } = aStream();
    expect(failure("CreateChannel", input(source(arnOf(create("p")))))).toEqual(
      refusal(
        "ValidationException",
        `Request is invalid. A channel needs On-Demand mode, which stream p under account ${ACCOUNT} is not in.`,
      ),
    );
  });

  test("refuses a stream that is not ready", () => {
    const { arnOf, call, failure, input } = aStream(slow);
    call("CreateStream", { StreamName: "new", StreamModeDetails: { StreamMode: "ON_DEMAND" } });
    expect(failure("CreateChannel", input(source(arnOf("new"))))).toEqual(
      inUse(`Stream new under account ${ACCOUNT} not ACTIVE, instead in state CREATING`),
    );
  });

  test("refuses a name that is taken, and more than the quota", () => {
    const { createChannel, failure, input, toTables } = aStream({ quotas: { channels: 1 } });
    createChannel();
    expect(failure("CreateChannel", input())).toEqual(
      inUse(`Channel channel under account ${ACCOUNT} already exists.`),
    );
    expect(failure("CreateChannel", input({ ChannelName: "other", ...toTables() }))).toEqual(
      limitExceeded("The number of channels cannot be greater than 1."),
    );
  });
});

test.for(["DescribeChannel", "UpdateChannel", "DeleteChannel"])("%s does not serve another region", (operation) => {
  const { createChannel, failure } = aStream();
  const { ChannelARN } = createChannel();
  expect(failure(operation, { ChannelARN }, { region: "eu-west-1" })).toEqual(
    notFound(`Channel ${ChannelARN} not found.`),
  );
});

describe("UpdateChannel", () => {
  test("changes freshness and logging", () => {
    const { call, createChannel, describeChannel } = aStream();
    const { ChannelARN } = createChannel();
    const changes = {
      S3DestinationConfiguration: { DataFreshnessInSeconds: 600 },
      LoggingConfiguration: { CloudWatchLogs: { Enabled: true, LogGroupName: "g" } },
    };
    expect(call("UpdateChannel", { ChannelARN, ...changes })).toMatchObject({ ChannelDescription: changes });
    expect(describeChannel(ChannelARN)).toMatchObject({
      S3DestinationConfiguration: { DataFreshnessInSeconds: 600, StorageConfiguration: BUCKET },
      LoggingConfiguration: {
        CloudWatchLogs: { Enabled: true, LogGroupName: "g", LogStreamName: "DestinationDelivery" },
      },
    });
    call("UpdateChannel", { ChannelARN });
    expect(describeChannel(ChannelARN)).toMatchObject(changes);
  });

  test("takes its time, and no other change meanwhile", () => {
    const { call, clock, createChannel, describeChannel, failure } = aStream(slow);
    const { ChannelARN } = createChannel();
    const update = { ChannelARN, S3DestinationConfiguration: { DataFreshnessInSeconds: 600 } };
    expect(failure("UpdateChannel", update)).toEqual(inUse("Channel channel not ACTIVE, instead in state CREATING"));
    clock.advance(30 * SECOND);
    call("UpdateChannel", update);
    expect(describeChannel(ChannelARN).ChannelStatus).toBe("UPDATING");
    expect(failure("UpdateChannel", update)).toEqual(inUse("Channel channel not ACTIVE, instead in state UPDATING"));
    clock.advance(30 * SECOND);
    expect(describeChannel(ChannelARN).ChannelStatus).toBe("ACTIVE");
  });

  test("keeps the kind of destination", () => {
    const { createChannel, failure } = aStream();
    const { ChannelARN } = createChannel();
    const S3TablesDestinationConfiguration = { DataFreshnessInSeconds: 600 };
    expect(failure("UpdateChannel", { ChannelARN, S3TablesDestinationConfiguration })).toEqual(
      invalidArgument("The destination of the channel is of the type S3."),
    );
  });
});

test("UpdateChannel keeps to the range of freshness", () => {
  const { createChannel, failure } = aStream();
  const { ChannelARN } = createChannel();
  expect(failure("UpdateChannel", { ChannelARN, S3DestinationConfiguration: { DataFreshnessInSeconds: 299 } })).toEqual(
    invalidArgument("DataFreshnessInSeconds must be between 300 and 900, not 299."),
  );
});

describe("DeleteChannel", () => {
  test("ends a channel after a while, and lets its stream go", () => {
    const { call, clock, createChannel, describeChannel, failure } = aStream(slow);
    const { ChannelARN } = createChannel();
    expect(failure("DeleteStream", { StreamName: "s" })).toEqual(
      inUse(`Stream s under account ${ACCOUNT} cannot be deleted because there are channels associated with it.`),
    );
    expect(call("DeleteChannel", { ChannelARN })).toBeUndefined();
    expect(describeChannel(ChannelARN).ChannelStatus).toBe("DELETING");
    clock.advance(30 * SECOND);
    expect(failure("DescribeChannel", { ChannelARN })).toEqual(notFound(`Channel ${ChannelARN} not found.`));
    call("DeleteStream", { StreamName: "s" });
  });
});

test("a stream stays on-demand while it has channels", () => {
  const { arnOf, call, createChannel, failure } = aStream();
  const { ChannelARN } = createChannel();
  const toProvisioned = { StreamARN: arnOf("s"), StreamModeDetails: { StreamMode: "PROVISIONED" } };
  expect(failure("UpdateStreamMode", toProvisioned)).toEqual(
    inUse(`The mode of stream s under account ${ACCOUNT} cannot be changed because it has channels.`),
  );
  call("UpdateStreamMode", { ...toProvisioned, StreamModeDetails: { StreamMode: "ON_DEMAND" } });
  call("DeleteChannel", { ChannelARN });
  call("UpdateStreamMode", toProvisioned);
});

test.for(["DescribeChannel", "UpdateChannel", "DeleteChannel"])("%s finds only what exists", (operation) => {
  const ChannelARN = `arn:aws:kinesis:us-east-1:${ACCOUNT}:channel/x`;
  expect(aKinesis().failure(operation, { ChannelARN })).toEqual(notFound(`Channel ${ChannelARN} not found.`));
});

describe("ListChannels", () => {
  const namesOf = ({ ChannelSummaries }: Listing) => ChannelSummaries.map(({ ChannelName }) => ChannelName);

  test("shows none where there are none", () => {
    expect(aKinesis().call("ListChannels")).toEqual({ ChannelSummaries: [], NextToken: undefined });
  });

  test("summarises each", () => {
    const { call, createChannel, StreamARN } = aStream();
    const { ChannelARN, ChannelId } = createChannel();
    expect(call("ListChannels")).toEqual({
      ChannelSummaries: [
        {
          ChannelName: "channel",
          ChannelARN,
          ChannelId,
          ChannelStatus: "ACTIVE",
          ChannelCreationTimestamp: START,
          ChannelDestinationType: "S3",
          Streams: [{ StreamARN, StreamCreationTimestamp: START }],
        },
      ],
      NextToken: undefined,
    });
  });

  test("shows them by name, page by page", () => {
    const { arnOf, call, clock, createChannel, createOnDemand, failure } = aStream();
    for (const name of ["b", "c", "a"]) {
      createChannel({
        ChannelName: name,
        StreamConfigurationList: [
          { StreamARN: arnOf(createOnDemand(name)), RecordConfiguration: { RecordFormatType: "JSON" } },
        ],
      });
    }
    const first = call<Listing>("ListChannels", { MaxResults: 2 });
    const second = call<Listing>("ListChannels", { NextToken: first.NextToken });
    expect([first, second].map(namesOf)).toEqual([["a", "b"], ["c"]]);
    clock.advance(300_001);
    expect(failure("ListChannels", { NextToken: first.NextToken }).code).toBe("ExpiredNextTokenException");
    expect(failure("ListChannels", { NextToken: "x" })).toEqual(invalidArgument("Invalid NextToken."));
  });

  test("shows those of some streams", () => {
    const { arnOf, call, createChannel, createOnDemand, StreamARN } = aStream();
    const other = arnOf(createOnDemand("t"));
    createChannel({ ChannelName: "of-s" });
    createChannel({
      ChannelName: "of-t",
      StreamConfigurationList: [{ StreamARN: other, RecordConfiguration: { RecordFormatType: "JSON" } }],
    });
    const list = (...StreamFilter: readonly Input[]) => namesOf(call<Listing>("ListChannels", { StreamFilter }));
    expect(list({ StreamARN })).toEqual(["of-s"]);
    expect(list({ StreamARN }, { StreamARN: other })).toEqual(["of-s", "of-t"]);
    expect(list({ StreamARN, StreamCreationTimestamp: START })).toEqual(["of-s"]);
    expect(list({ StreamARN, StreamCreationTimestamp: START - SECOND })).toEqual([]);
  });
});
