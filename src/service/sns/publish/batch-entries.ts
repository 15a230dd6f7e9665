import { MAX_ENTRIES, repeatedId } from "../../gather.ts";
import { isPlainName } from "../../resource-name.ts";
import {
  BatchEntryIdsNotDistinct,
  EmptyBatchRequest,
  InvalidBatchEntryId,
  TooManyEntriesInBatchRequest,
} from "../errors.ts";

const MAX_ID_LENGTH = 80;

/** Throws what AWS answers for a batch whose entries, taken together, cannot be. */
export function checkBatchEntries(entries: readonly { readonly Id: string }[]): void {
  if (entries.length === 0) throw new EmptyBatchRequest();
  if (entries.length > MAX_ENTRIES) throw new TooManyEntriesInBatchRequest();
  for (const { Id } of entries) {
    if (Id.length > MAX_ID_LENGTH) throw new InvalidBatchEntryId("is too long", Id);
    if (!isPlainName(Id)) throw new InvalidBatchEntryId("contains an impermissible character", Id);
  }
  if (repeatedId(entries) !== undefined) throw new BatchEntryIdsNotDistinct();
}
