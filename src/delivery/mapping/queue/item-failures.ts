/** Which items of a batch a function says have failed: none, all of them, or those of these ids. */
export type ItemFailures = "none" | "all" | ReadonlySet<string>;

/**
 * What the answer of a function with ReportBatchItemFailures says of the items of its batch. AWS: one entry that names no
 * item of the batch fails all of it, as does what is no JSON; whatever else does not say that something failed is success.
 * Handling errors for an SQS event source, Lambda developer guide; recorded of streams.
 */
export function itemFailures(payload: string, isInBatch: (id: string) => boolean): ItemFailures {
  if (payload.trim() === "") return "none";
  let result: unknown;
  try {
    result = JSON.parse(payload);
  } catch {
    return "all";
  }
  if (typeof result !== "object" || result === null || !("batchItemFailures" in result)) return "none";
  const { batchItemFailures: entries } = result;
  if (entries === null || entries === undefined) return "none";
  if (!Array.isArray(entries)) return "all";
  const ids = entries.map((entry: unknown) => identifierOf(entry));
  if (ids.some((id) => id === undefined || !isInBatch(id))) return "all";
  return ids.length === 0 ? "none" : new Set(ids.filter((id) => id !== undefined));
}

function identifierOf(entry: unknown): string | undefined {
  if (typeof entry !== "object" || entry === null || !("itemIdentifier" in entry)) return undefined;
  return typeof entry.itemIdentifier === "string" ? entry.itemIdentifier : undefined;
}
