import fc from "fast-check";
import { expect, test } from "vitest";
import { FunctionDirectory } from "../../src/engine/function/function-directory.ts";
import type { FunctionEvent } from "../../src/engine/function/function-event.ts";
import { MappingDirectory } from "../../src/engine/mapping/mapping-directory.ts";
import type { MappingEvent } from "../../src/engine/mapping/mapping-event.ts";
import { AwsError } from "../../src/kernel/aws-error.ts";
import type { Entry } from "../../src/kernel/event/event-log.ts";
import { seededIds } from "../../src/kernel/ids.ts";
import { scopeOf } from "../../src/kernel/scope.ts";
import { isRequired, type Shape, type StructureShape, shapeOf } from "../../src/model/shape.ts";
import { ACCOUNT, aLambda, arnOf, CODE, OTHER_CODE, REGION, ROLE } from "../support/lambda.ts";
import { throughJson } from "../support/through-json.ts";

const SCOPE = scopeOf(ACCOUNT, REGION);
const QUEUE = `arn:aws:sqs:${REGION}:${ACCOUNT}:q`;
const FIFO = `${QUEUE}.fifo`;
const STREAM = `arn:aws:kinesis:${REGION}:${ACCOUNT}:stream/s`;
const PLAIN_MAPPINGS = [
  { FunctionName: "f", EventSourceArn: QUEUE },
  { FunctionName: "f", EventSourceArn: STREAM, StartingPosition: "LATEST" },
];

/** What members are likely to be, so that many calls come to something. */
const KNOWN: Readonly<Record<string, readonly unknown[]>> = {
  FunctionName: ["f", "g", "f:1", "f:live", arnOf("f"), arnOf("g:$LATEST"), `${ACCOUNT}:function:f`],
  Resource: [arnOf("f"), arnOf("g")],
  Name: ["live", "__proto__", "constructor"],
  Qualifier: ["1", "2", "live", "$LATEST", "constructor"],
  FunctionVersion: ["1", "2", "$LATEST", "ALL"],
  Role: [ROLE],
  Runtime: ["nodejs22.x", "python3.13"],
  Handler: ["index.handler"],
  ZipFile: [CODE, OTHER_CODE, new Uint8Array(3)],
  StatementId: ["s", "t"],
  Action: ["lambda:InvokeFunction"],
  Principal: ["*", "sns.amazonaws.com", ACCOUNT, "?"],
  Destination: ["", arnOf("f"), arnOf("g"), `arn:aws:sqs:${REGION}:${ACCOUNT}:q`],
  EventSourceArn: [QUEUE, FIFO, STREAM],
  UUID: ["00000000-0000-4000-8000-000000000000"],
  StartingPosition: ["LATEST", "TRIM_HORIZON"],
  Pattern: ['{"body":["a"]}', '{"data":{"a":[1]}}', "{}"],
  TargetArn: ["", `arn:aws:sns:${REGION}:${ACCOUNT}:t`],
};
/** Those that hardly anything comes of when they are given. */
const RARE: ReadonlySet<string> = new Set([
  ...["RevisionId", "CodeSha256", "Marker", "S3Bucket", "S3Key", "S3ObjectVersion", "ImageUri", "SourceKMSKeyArn"],
  ...["KMSKeyArn", "Layers", "FileSystemConfigs", "CapacityProviderConfig", "SourceArn", "PrincipalOrgID", "PublishTo"],
  ...["SourceAccessConfigurations", "AmazonManagedKafkaEventSourceConfig", "SelfManagedKafkaEventSourceConfig"],
  ...["DocumentDBEventSourceConfig", "Topics", "Queues", "SelfManagedEventSource", "StartingPositionTimestamp"],
  ...["ParallelizationFactor", "MaximumRecordAgeInSeconds", "BisectBatchOnFunctionError", "MaximumRetryAttempts"],
  ...["TumblingWindowInSeconds", "ScalingConfig", "ProvisionedPollerConfig", "StartingPosition"],
]);
/** Those without which hardly anything does. */
const USUAL: ReadonlySet<string> = new Set(["ZipFile", "Runtime", "Handler", "Publish"]);

const oddText = fc.oneof(fc.string({ maxLength: 4 }), fc.constantFrom("__proto__", "\u0000", "a".repeat(300), "1"));

function memberValue(shape: Shape, name: string): fc.Arbitrary<unknown> {
  const known = KNOWN[name];
  if (known !== undefined) return fc.oneof({ weight: 20, arbitrary: fc.constantFrom(...known) }, oddValue(shape));
  switch (shape.kind) {
    case "structure":
      return inputOf(shape);
    case "list":
      return fc.array(memberValue(shape.item, name), { maxLength: 2 });
    case "map":
      return fc.dictionary(oddText, memberValue(shape.value, name), { maxKeys: 2 });
    case "string":
      return shape.values === undefined
        ? oddText
        : fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...shape.values) }, oddText);
    default:
      return oddValue(shape);
  }
}

function oddValue(shape: Shape): fc.Arbitrary<unknown> {
  switch (shape.kind) {
    case "integer":
    case "long":
      return fc.constantFrom(shape.min ?? 0, (shape.min ?? 0) - 1, shape.max ?? 7, 1, 60, 512);
    case "double":
      return fc.constantFrom(0, 0.5, 1, 1.5, -1);
    case "boolean":
      return fc.boolean();
    case "blob":
      return fc.uint8Array({ maxLength: 9 });
    default:
      return oddText;
  }
}

/** How often a member is left out, as against once that it is there. */
function absence(name: string): number {
  if (USUAL.has(name)) return 1;
  return RARE.has(name) ? 20 : 3;
}

function inputOf({ members }: StructureShape): fc.Arbitrary<object> {
  const entries = Object.entries(members).map(([name, member]) => {
    const value = memberValue(shapeOf(member), name);
    if (isRequired(member)) return [name, fc.option(value, { nil: undefined, freq: 40 })] as const;
    return [
      name,
      fc.oneof(
        { weight: absence(name), arbitrary: fc.constant(undefined) },
        { weight: USUAL.has(name) ? 4 : 1, arbitrary: value },
      ),
    ] as const;
  });
  return fc
    .record(Object.fromEntries(entries))
    .map((given) => Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)));
}

test("whatever is asked is answered or refused by an AWS error, and the log builds what there is", async () => {
  const operations = [...aLambda().service.operations.values()];
  const calls = fc.array(
    fc.oneof(
      { weight: 1, arbitrary: fc.record({ Publish: fc.boolean() }).map((given) => ["create", given] as const) },
      { weight: 1, arbitrary: fc.constantFrom(...PLAIN_MAPPINGS).map((given) => ["map", given] as const) },
      {
        weight: 6,
        arbitrary: fc
          .constantFrom(...operations)
          .chain((operation) => fc.tuple(fc.constant(operation.name), inputOf(operation.input))),
      },
    ),
    { minLength: 20, maxLength: 60, size: "max" },
  );
  let answered = 0;
  let mapped = 0;
  await fc.assert(
    fc.asyncProperty(calls, async (steps) => {
      const { call, create, directory, mappings, queues, streams, logs } = aLambda();
      for (const arn of [QUEUE, FIFO]) queues.set(arn, { visibilityTimeoutMs: 30_000 });
      streams.add(STREAM);
      const entries: Entry[] = [];
      logs.listen((_account, appended) => entries.push(...throughJson(appended)));
      for (const [name, given] of steps) {
        const [{ uuid } = { uuid: "" }] = mappings.in(SCOPE).list();
        const input = "UUID" in given ? { ...given, UUID: uuid } : given;
        try {
          if (name === "create") await create("f", input);
          else await call(name === "map" ? "CreateEventSourceMapping" : name, input);
          if (name === "map") mapped++;
          answered++;
        } catch (cause) {
          if (!(cause instanceof AwsError) || cause.status >= 500) throw cause;
        }
      }
      const nothing = () => {
        throw new Error("a replay needs neither time nor bytes");
      };
      const replica = new FunctionDirectory({
        clockOf: () => ({ now: nothing, at: nothing }),
        ids: seededIds("none"),
        releaseCode: nothing,
      });
      const mappingReplica = new MappingDirectory({
        clockOf: () => ({ now: nothing, at: nothing }),
        ids: seededIds("none"),
      });
      for (const entry of entries) {
        const isMapping = (entry.event as { readonly type: string }).type.startsWith("mapping");
        if (isMapping) mappingReplica.replay(entry as Entry<MappingEvent>);
        else replica.replay(entry as Entry<FunctionEvent>);
      }
      expect([...mappingReplica.entries()]).toEqual(throughJson([...mappings.entries()]));
      expect([...replica.entries()]).toEqual(throughJson([...directory.entries()]));
    }),
    { numRuns: 60 },
  );
  expect(answered).toBeGreaterThan(500);
  expect(mapped).toBeGreaterThan(10);
});
