import type { AwsError, ErrorIdentity } from "../../../kernel/aws-error.ts";
import { present } from "../../../kernel/present.ts";
import { sentLength, type Violation, violations } from "../../../model/check.ts";
import type { Contract } from "../../../model/contract.ts";
import { type Infer, isRequired, list, required, type StructureShape, structure } from "../../../model/shape.ts";
import { type Gathered, gather, MAX_ENTRIES, repeatedId } from "../../gather.ts";
import type { Call } from "../../service.ts";
import {
  BatchEntryIdsNotDistinct,
  EmptyBatchRequest,
  EmptyValue,
  MissingParameter,
  TooManyEntriesInBatchRequest,
} from "../errors.ts";
import { atQueue, type QueueContext, type SqsOperation } from "../operation.ts";
import { batchResultErrorEntry, queueUrl } from "../shapes.ts";
import { worded } from "../wording.ts";

type FailedEntry = Infer<typeof batchResultErrorEntry>;

/** What sets one batch operation apart from the others. */
interface BatchDefinition<Entry, Result> {
  readonly name: string;
  readonly entry: StructureShape<Entry>;
  readonly result: StructureShape<Result>;
  readonly errors: readonly ErrorIdentity[];
  readonly gaps?: readonly string[];
  readonly tooLong?: Contract["tooLong"];
  /** Throws when the request as a whole cannot be, after the checks all batches have in common. */
  checkAll?(context: QueueContext, entries: readonly Entry[]): void;
  /** The single command. What it throws fails the entry alone. */
  handleOne(context: QueueContext, entry: Entry): Result;
}

/**
 * An operation that runs a single command for each of up to ten entries. What is wrong with the request as a whole is
 * found before any entry is touched; what is wrong with one entry leaves the others alone.
 */
export function batchOperation<Entry extends { readonly Id: string }, Result>(
  definition: BatchDefinition<Entry, Result>,
): SqsOperation {
  return atQueue(contractOf(definition), (context, input) => {
    const { Entries: entries = [] } = input as { readonly Entries?: readonly Entry[] };
    checkCount(entries, entryName(definition));
    // An entry that is null lacks what one without members lacks.
    const broken = entries.map((entry: Entry | undefined) => violations(definition.entry, entry ?? {}));
    broken.forEach((found, index) => {
      if (found.some(isMissingId)) throw new MissingParameter(`${entryName(definition)}.${index + 1}.Id`);
    });
    for (const found of broken) checkId(found, definition.name);
    checkDistinct(entries);
    definition.checkAll?.(context, entries);
    const handle = (entry: Entry, index: number): Result => {
      const [violation] = broken[index] ?? [];
      if (violation !== undefined) throw faultOf(violation, definition, index);
      return definition.handleOne(context, entry);
    };
    // Who waits gets what comes together, too.
    const gathered = context.queue.receivers.together(() => gather(entries, handle));
    return outputOf(gathered, context.call);
  });
}

function contractOf<Entry, Result>(definition: BatchDefinition<Entry, Result>): Contract {
  const { name, entry, result, errors, gaps = [], tooLong } = definition;
  const entries = list(entry, { flatName: entryName(definition), max: MAX_ENTRIES });
  return {
    name,
    input: structure({ QueueUrl: required(queueUrl), Entries: required(entries) }),
    // AWS: the model calls both lists required, yet an empty one is left out.
    output: structure({
      Successful: list(result, { flatName: `${name}ResultEntry` }),
      Failed: list(batchResultErrorEntry, { flatName: "BatchResultErrorEntry" }),
    }),
    errors,
    gaps,
    ...(tooLong !== undefined && { tooLong }),
  };
}

function entryName({ name }: { readonly name: string }): string {
  return `${name}RequestEntry`;
}

function checkCount(entries: readonly unknown[], entryName: string): void {
  if (entries.length === 0) throw new EmptyBatchRequest(entryName);
  if (entries.length > MAX_ENTRIES) throw new TooManyEntriesInBatchRequest(MAX_ENTRIES, sentLength(entries));
}

function isMissingId({ constraint, member }: Violation): boolean {
  return constraint === "required" && member === "Id";
}

function checkId(found: readonly Violation[], operation: string): void {
  const malformed = found.find(({ member }) => member === "Id");
  if (malformed !== undefined) throw worded(malformed, operation);
}

/** AWS: an entry is told what it lacks by the name it has in a form, and an empty text counts as lacking. */
function faultOf(
  violation: Violation,
  definition: { readonly name: string; readonly entry: StructureShape },
  index: number,
): AwsError {
  const { member, path, value } = violation;
  const isNeeded = path.length === 1 && isRequired(present(definition.entry.members[member], "a member of the entry"));
  return isNeeded && (value === undefined || value === "")
    ? new EmptyValue(`${entryName(definition)}.${index + 1}.${member}`)
    : worded(violation, definition.name);
}

function checkDistinct(entries: readonly { readonly Id: string }[]): void {
  const repeated = repeatedId(entries);
  if (repeated !== undefined) throw new BatchEntryIdsNotDistinct(repeated);
}

/** AWS: a list without entries is left out. */
function outputOf<Result>({ successful, failed }: Gathered<Result>, call: Call) {
  return {
    ...(successful.length > 0 && { Successful: successful }),
    ...(failed.length > 0 && { Failed: failed.map(({ id, error }) => failedEntry(id, error, call)) }),
  };
}

/** AWS: entries bear the Query protocol's code in both protocols. */
function failedEntry(
  id: string,
  { fault, message, queryCode, queryMessage }: AwsError,
  { dialect }: Call,
): FailedEntry {
  const text = dialect === "query" ? queryMessage : message;
  return { Id: id, SenderFault: fault === "Sender", Code: queryCode, Message: text };
}
