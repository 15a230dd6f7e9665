import { AwsError } from "../kernel/aws-error.ts";

/** Entries of a batch, of SQS and SNS alike. */
export const MAX_ENTRIES = 10;

/** What came of the entries of a batch. */
export interface Gathered<Result> {
  readonly successful: readonly Result[];
  readonly failed: readonly { readonly id: string; readonly error: AwsError }[];
}

/** Runs the command for each entry in turn. What one of them is refused for leaves the others alone. */
export function gather<Entry extends { readonly Id: string }, Result>(
  entries: readonly Entry[],
  run: (entry: Entry, index: number) => Result,
): Gathered<Result> {
  const successful: Result[] = [];
  const failed: { id: string; error: AwsError }[] = [];
  entries.forEach((entry, index) => {
    try {
      successful.push(run(entry, index));
    } catch (cause) {
      if (!(cause instanceof AwsError)) throw cause;
      failed.push({ id: entry.Id, error: cause });
    }
  });
  return { successful, failed };
}

/** The first id that an earlier entry has already. */
export function repeatedId(entries: readonly { readonly Id: string }[]): string | undefined {
  const ids = new Set<string>();
  for (const { Id } of entries) {
    if (ids.has(Id)) return Id;
    ids.add(Id);
  }
  return undefined;
}
