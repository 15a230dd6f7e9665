import type { RequestPolicy, ThrottlePolicy } from "../../../engine/topic/delivery-policy.ts";
import type { DocumentReader } from "../document-reader.ts";

/** Content types of the JSON envelope. Developer guide, HTTP/S delivery policy. */
export const ENVELOPE_TYPES: readonly string[] = ["application/json", "text/plain"];

/** Content types of raw messages. */
export const RAW_TYPES: readonly string[] = [
  "text/css",
  "text/csv",
  "text/html",
  "text/plain",
  "text/xml",
  "application/atom+xml",
  "application/json",
  "application/octet-stream",
  "application/soap+xml",
  "application/x-www-form-urlencoded",
  "application/xhtml+xml",
  "application/xml",
];

/** Reads the request policy of a topic or subscription whose messages can have these types. */
export function requestPolicyReader(types: readonly string[]): (reader: DocumentReader) => RequestPolicy | undefined {
  return (reader) => {
    reader.only("headerContentType");
    const headerContentType = reader.string("headerContentType");
    if (headerContentType === undefined) return undefined;
    const [type = ""] = headerContentType.split(";", 1);
    if (!types.includes(type.trim().toLowerCase())) {
      reader.refuse("headerContentType", `must be one of [${types.join(", ")}]`);
    }
    return { headerContentType };
  };
}

export function readThrottlePolicy(reader: DocumentReader): ThrottlePolicy | undefined {
  reader.only("maxReceivesPerSecond");
  const maxReceivesPerSecond = reader.integer("maxReceivesPerSecond");
  // AWS: unlike the limits of retries.
  if (maxReceivesPerSecond !== undefined && maxReceivesPerSecond < 1) {
    reader.refuse("maxReceivesPerSecond", "must be >= 1");
  }
  return maxReceivesPerSecond === undefined ? undefined : { maxReceivesPerSecond };
}
