import type { Queue } from "../../../engine/queue/queue.ts";
import { type ItemsAfter, type Page, pageOf } from "../../page.ts";
import { InvalidParameterValue } from "../errors.ts";

const LARGEST_PAGE = 1000;

interface PageRequest {
  /** The operation. */
  readonly listing: string;
  readonly MaxResults?: number | undefined;
  readonly NextToken?: string | undefined;
}

/** The page of a listing of queues by name that a request asks for. AWS: without MaxResults there is never a token. */
export function queuePageOf(
  queuesAfter: ItemsAfter<Queue>,
  { listing, MaxResults, NextToken }: PageRequest,
): Page<Queue> {
  const page = pageOf(queuesAfter, {
    keyOf: ({ name }) => name,
    listing,
    token: NextToken,
    maxCount: MaxResults ?? LARGEST_PAGE,
  });
  if (page === undefined) throw new InvalidParameterValue("Invalid or expired next token.");
  return MaxResults === undefined ? { ...page, nextToken: undefined } : page;
}
