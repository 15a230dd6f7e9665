import type { Batch, WindowCall } from "../../../engine/mapping/stream/decision/batch.ts";
import type { StoredRecord } from "../../../engine/stream/shard/record.ts";
import { base64Of, bytesOf } from "../../../kernel/base64.ts";
import { formatIso8601 } from "../../../kernel/time/iso8601.ts";

/** A record with its place, as events show it. */
export interface PlacedRecord extends StoredRecord {
  readonly index: number;
  /** Of it in the event, about. */
  readonly characters: number;
}

/** What all records of one shard have in common in events. */
export interface RecordOrigin {
  readonly shardId: string;
  readonly streamArn: string;
  readonly region: string;
  /** ARN of the role that the function has. */
  readonly roleArn: string;
}

/** Characters of a record's JSON beside what differs from one to another: a little more than there are. */
const FRAME_CHARACTERS = 420;

/** Characters of a record in an event, about. */
export function eventCharacters(
  { data, partitionKey = "" }: StoredRecord,
  { streamArn, roleArn }: RecordOrigin,
): number {
  const characters = FRAME_CHARACTERS + Math.ceil(data.length / 3) * 4 + Buffer.byteLength(partitionKey);
  return characters + streamArn.length + roleArn.length;
}

/** The event of a batch as JSON. AWS: recorded, key for key; with a tumbling window as in the developer guide. */
export function batchEvent({ records, window }: Batch<PlacedRecord>, origin: RecordOrigin): string {
  const [eventId, end] = aroundRecords(origin);
  let text = "";
  for (const { partitionKey, sequenceNumber, data, arrivedAt } of records) {
    const key = partitionKey === undefined ? "" : `"partitionKey":${JSON.stringify(partitionKey)},`;
    const content = `${key}"sequenceNumber":"${sequenceNumber}","data":"${base64Of(data)}"`;
    text += `${text === "" ? "" : ","}{"kinesis":{"kinesisSchemaVersion":"1.0",${content},`;
    text += `"approximateArrivalTimestamp":${arrivedAt / 1000}},${eventId}${sequenceNumber}${end}`;
  }
  return `{"Records":[${text}]${window === undefined ? "" : windowMembers(window, origin)}}`;
}

/** What is the same in all records of a shard: up to the number in their id, and from there to the end. */
function aroundRecords(origin: RecordOrigin): readonly [string, string] {
  const { eventSource, eventVersion, eventID, ...rest } = eventMembers(origin, "");
  const before = JSON.stringify({ eventSource, eventVersion, eventID }).slice(1, -2);
  return [before, `",${JSON.stringify(rest).slice(1)}`];
}

/** A record as filters see it: what is inside of `kinesis` lies at the top. */
export function filteredRecord(
  record: PlacedRecord,
  origin: RecordOrigin,
): { readonly text: string; readonly data: string } {
  const { partitionKey, sequenceNumber, arrivedAt } = record;
  const text = JSON.stringify({
    kinesisSchemaVersion: "1.0",
    partitionKey,
    sequenceNumber,
    data: "",
    approximateArrivalTimestamp: arrivedAt / 1000,
    ...eventMembers(origin, sequenceNumber),
  });
  return { text, data: bytesOf(record.data).toString("utf8") };
}

function eventMembers({ shardId, streamArn, region, roleArn }: RecordOrigin, sequenceNumber: string) {
  return {
    eventSource: "aws:kinesis",
    eventVersion: "1.0",
    eventID: `${shardId}:${sequenceNumber}`,
    eventName: "aws:kinesis:record",
    invokeIdentityArn: roleArn,
    awsRegion: region,
    eventSourceARN: streamArn,
  };
}

function windowMembers(window: WindowCall, { shardId, streamArn }: RecordOrigin): string {
  const { start, end, state, isFinal, isTerminatedEarly } = window;
  const bounds = JSON.stringify({ start: wholeSeconds(start), end: wholeSeconds(end) });
  const rest = JSON.stringify({
    shardId,
    eventSourceARN: streamArn,
    isFinalInvokeForWindow: isFinal,
    isWindowTerminatedEarly: isTerminatedEarly,
  });
  return `,"window":${bounds},"state":${state},${rest.slice(1, -1)}`;
}

function wholeSeconds(instant: number): string {
  return formatIso8601(instant).replace(/\.\d+Z$/, "Z");
}
