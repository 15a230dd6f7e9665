import { formatArn, parseArn, scopeOfArn } from "../../../kernel/arn.ts";
import type { Entry } from "../../../kernel/event/event-log.ts";
import type { Scope } from "../../../kernel/scope.ts";

/** Some of the bytes, in base64, in order; `rest` is how many such events are still to come. */
interface CodeKept {
  readonly type: "codeKept";
  readonly at: number;
  readonly data: string;
  readonly rest: number;
}

interface CodeReleased {
  readonly type: "codeReleased";
  readonly at: number;
}

/** What can happen to the bytes of code, as plain data. Nobody asks for the instant: `at` is 0. */
export type CodeEvent = CodeKept | CodeReleased;

/** Code of an account and region, by the key it is kept under. */
export interface CodePlace {
  readonly scope: Scope;
  readonly key: string;
}

const PREFIX = "code:";
/** So many bytes are in one event, so that a line of a document stays one that editors open. */
const PIECE_BYTES = 768 * 1024;

/** Whether an entry is about the bytes of code. */
export function isCodeEntry({ resource }: Entry): boolean {
  return parseArn(resource)?.resource.startsWith(PREFIX) === true;
}

/** Where the code is that an entry is about. */
export function placeOf(resource: string): CodePlace {
  return { scope: scopeOfArn(resource), key: parseArn(resource)?.resource.slice(PREFIX.length) ?? "" };
}

/** The entry that says that code is let go of. */
export function releaseEntry(place: CodePlace): Entry<CodeEvent> {
  return { resource: resourceOf(place), event: { type: "codeReleased", at: 0 } };
}

/** The entries that hold the bytes; each is made when it is read. */
export function* keptEntries(place: CodePlace, bytes: Uint8Array): Generator<Entry<CodeEvent>, void, void> {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const resource = resourceOf(place);
  let rest = Math.max(1, Math.ceil(all.length / PIECE_BYTES));
  for (let start = 0; rest > 0; start += PIECE_BYTES) {
    const data = all.toString("base64", start, Math.min(start + PIECE_BYTES, all.length));
    yield { resource, event: { type: "codeKept", at: 0, data, rest: --rest } };
  }
}

function resourceOf({ scope, key }: CodePlace): string {
  return formatArn("lambda", scope, `${PREFIX}${key}`);
}
