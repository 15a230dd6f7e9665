import { crc32 } from "node:zlib";
import type { ShardFilter } from "../../engine/stream/shard/shard-filter.ts";
import { type JsonObject, parseJsonObject } from "../../kernel/json/json-object.ts";
import type { Clock } from "../../kernel/time/clock.ts";
import { ExpiredNextTokenException } from "./errors.ts";
import { invalidArgument } from "./refusals.ts";

/** AWS: how long a token can be used. API_ListShards. */
const LIFE_MS = 300_000;
const SUM_BYTES = 4;

/** What a token is for; one listing does not take another's. */
type Listing = "streams" | "shards" | "consumers" | "channels" | "queues";

/** What a token holds beside that: where its listing goes on, and of what. */
interface Continuation {
  /** The last item given out: its name or id. */
  readonly after: string;
  /** The account whose clock the token goes by. */
  readonly account: string;
  /** ARN and id of the stream whose listing it is, and a filter that goes on with it. */
  readonly streamArn?: string | undefined;
  readonly streamId?: string | undefined;
  readonly filter?: ShardFilter | undefined;
}

type ClockOf = (account: string) => Clock;

export function formatPageToken(listing: Listing, continuation: Continuation, clockOf: ClockOf): string {
  const issuedAt = clockOf(continuation.account).now();
  const text = Buffer.from(JSON.stringify({ listing, issuedAt, ...continuation }));
  const sum = Buffer.alloc(SUM_BYTES);
  sum.writeUInt32BE(crc32(text));
  return Buffer.concat([sum, text]).toString("base64");
}

/** Throws InvalidArgumentException for what is no token of the listing, ExpiredNextTokenException for an old one. */
export function readPageToken(listing: Listing, token: string, clockOf: ClockOf): Continuation {
  const held = contentOf(token);
  if (held?.listing !== listing) throw invalidArgument("Invalid NextToken."); // the text is ours
  if (clockOf(held.account).now() - held.issuedAt > LIFE_MS) throw new ExpiredNextTokenException();
  return held;
}

interface Content extends Continuation {
  readonly listing: Listing;
  readonly issuedAt: number;
}

/** What a token holds, or undefined when it is none of ours. */
function contentOf(token: string): Content | undefined {
  const bytes = Buffer.from(token, "base64");
  const text = bytes.subarray(SUM_BYTES);
  if (bytes.length <= SUM_BYTES || crc32(text) !== bytes.readUInt32BE(0)) return undefined;
  const content = parseJsonObject(text.toString());
  return isContent(content) ? content : undefined;
}

function isContent(content: JsonObject | undefined): content is JsonObject & Content {
  const { after, account, issuedAt } = content ?? {};
  return typeof after === "string" && typeof account === "string" && typeof issuedAt === "number";
}
