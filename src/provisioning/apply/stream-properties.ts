import type { Session } from "./session.ts";

/** A stream as DescribeStreamSummary shows it, and its policy. */
export interface PresentStream {
  readonly StreamStatus: string;
  readonly StreamModeDetails: { readonly StreamMode: string };
  readonly RetentionPeriodHours: number;
  readonly OpenShardCount: number;
  readonly EncryptionType?: string;
  readonly KeyId?: string;
  readonly MaxRecordSizeInKiB: number;
  readonly WarmThroughput?: { readonly TargetMiBps?: number };
  readonly EnhancedMonitoring: readonly { readonly ShardLevelMetrics: readonly string[] }[];
  readonly Policy: string;
}

/** A stream with the operations that change it. */
interface StreamSubject {
  readonly session: Session;
  readonly name: string;
}

/** A property of a stream that can be changed, as a text. */
interface StreamProperty {
  readonly name: string;
  show(stream: PresentStream): string;
  /** Takes it from one value to the other. */
  change(subject: StreamSubject, before: string, after: string): Promise<unknown>;
}

/** In the order in which they are changed: shards are counted in provisioned streams only. */
export const changeableProperties: readonly StreamProperty[] = [
  {
    name: "StreamMode",
    show: ({ StreamModeDetails }) => StreamModeDetails.StreamMode,
    change: (subject, _before, StreamMode) =>
      call(subject, "UpdateStreamMode", { StreamARN: arnOf(subject), StreamModeDetails: { StreamMode } }),
  },
  {
    name: "ShardCount",
    show: ({ OpenShardCount }) => String(OpenShardCount),
    change: (subject, _before, count) =>
      call(subject, "UpdateShardCount", { ...named(subject), TargetShardCount: count, ScalingType: "UNIFORM_SCALING" }),
  },
  {
    name: "RetentionPeriodHours",
    show: ({ RetentionPeriodHours }) => String(RetentionPeriodHours),
    change(subject, before, after) {
      const direction = Number(after) < Number(before) ? "Decrease" : "Increase";
      return call(subject, `${direction}StreamRetentionPeriod`, { ...named(subject), RetentionPeriodHours: after });
    },
  },
  {
    name: "MaxRecordSizeInKiB",
    show: ({ MaxRecordSizeInKiB }) => String(MaxRecordSizeInKiB),
    change: (subject, _before, after) =>
      call(subject, "UpdateMaxRecordSize", { StreamARN: arnOf(subject), MaxRecordSizeInKiB: after }),
  },
  {
    name: "WarmThroughputMiBps",
    show: ({ WarmThroughput }) => String(WarmThroughput?.TargetMiBps ?? ""),
    change: (subject, _before, after) =>
      call(subject, "UpdateStreamWarmThroughput", { ...named(subject), WarmThroughputMiBps: after }),
  },
  {
    name: "KmsKeyId",
    show: ({ KeyId }) => KeyId ?? "",
    change(subject, before, after) {
      const operation = after === "" ? "StopStreamEncryption" : "StartStreamEncryption";
      return call(subject, operation, { ...named(subject), EncryptionType: "KMS", KeyId: after || before });
    },
  },
  {
    name: "ShardLevelMetrics",
    show: ({ EnhancedMonitoring: [first] }) => [...(first?.ShardLevelMetrics ?? [])].sort().join(","),
    async change(subject, before, after) {
      const [present, wanted] = [metricsIn(before), metricsIn(after)];
      await setMetrics(
        subject,
        "Disable",
        present.filter((metric) => !wanted.includes(metric)),
      );
      await setMetrics(
        subject,
        "Enable",
        wanted.filter((metric) => !present.includes(metric)),
      );
    },
  },
  {
    name: "Policy",
    show: ({ Policy }) => (Policy === "{}" ? "" : Policy),
    change: (subject, _before, after) =>
      after === ""
        ? call(subject, "DeleteResourcePolicy", { ResourceARN: arnOf(subject) })
        : call(subject, "PutResourcePolicy", { ResourceARN: arnOf(subject), Policy: after }),
  },
];

/** The value of a property in the text by which it is compared. */
export function textOfProperty(value: unknown): string {
  if (Array.isArray(value)) return value.map(String).sort().join(",");
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** Reads a stream; undefined when there is none. */
export async function presentStream({ session, name }: StreamSubject): Promise<PresentStream | undefined> {
  const found = await session.find<{ StreamDescriptionSummary: Omit<PresentStream, "Policy"> }>(
    "kinesis",
    "DescribeStreamSummary",
    { StreamName: name },
  );
  if (found === undefined) return undefined;
  const { Policy } = await session.call<{ Policy: string }>("kinesis", "GetResourcePolicy", {
    ResourceARN: session.arn("kinesis", `stream/${name}`),
  });
  return { ...found.StreamDescriptionSummary, Policy };
}

/** Waits until nothing is being done to the stream any more. */
export async function untilActive({ session, name }: StreamSubject): Promise<void> {
  await session.until(async () => {
    const found = await session.call<{ StreamDescriptionSummary: PresentStream }>("kinesis", "DescribeStreamSummary", {
      StreamName: name,
    });
    return found.StreamDescriptionSummary.StreamStatus === "ACTIVE";
  });
}

function setMetrics(subject: StreamSubject, how: "Enable" | "Disable", metrics: readonly string[]): Promise<unknown> {
  if (metrics.length === 0) return Promise.resolve();
  return call(subject, `${how}EnhancedMonitoring`, { ...named(subject), ShardLevelMetrics: metrics });
}

/** AWS: all of them go by one name, too. */
function metricsIn(text: string): readonly string[] {
  return text === "" ? [] : text.split(",");
}

function call({ session }: StreamSubject, operation: string, input: object): Promise<unknown> {
  return session.call("kinesis", operation, input);
}

function named({ name }: StreamSubject): { readonly StreamName: string } {
  return { StreamName: name };
}

function arnOf({ session, name }: StreamSubject): string {
  return session.arn("kinesis", `stream/${name}`);
}
