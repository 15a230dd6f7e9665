import type { Queue } from "../../engine/queue/queue.ts";
import { invalidValue } from "./errors.ts";

const LARGEST_PAGE = 1000;
const TOKEN_MARK = "queues-after:";

interface PageRequest {
  readonly MaxResults?: number | undefined;
  readonly NextToken?: string | undefined;
}

/** A part of a listing of queues by name. */
export interface Page {
  readonly queues: readonly Queue[];
  readonly nextToken: string | undefined;
}

/**
 * The page of the listing a request asks for. Its token holds the last name given out, so queues that come and go
 * between two calls neither shift nor break the listing. AWS: without MaxResults there is never a token.
 */
export function pageOf(listing: readonly Queue[], { MaxResults, NextToken }: PageRequest): Page {
  const after = NextToken === undefined ? "" : lastNameIn(NextToken);
  const remaining = listing.filter(({ name }) => name > after);
  const queues = remaining.slice(0, MaxResults ?? LARGEST_PAGE);
  const hasMore = MaxResults !== undefined && remaining.length > queues.length;
  return { queues, nextToken: hasMore ? tokenAfter(queues.at(-1)!.name) : undefined };
}

function tokenAfter(name: string): string {
  return Buffer.from(TOKEN_MARK + name).toString("base64");
}

function lastNameIn(token: string): string {
  const name = Buffer.from(token, "base64").toString().slice(TOKEN_MARK.length);
  if (tokenAfter(name) !== token) throw invalidValue("NextToken", token, "Must be a token of an earlier response.");
  return name;
}
