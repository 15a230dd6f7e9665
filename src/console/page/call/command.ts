/** A call of an API that is to be made once more. */
export interface Repeated {
  readonly service: string;
  readonly operation: string;
  readonly region: string;
  readonly account: string;
  /** Where the server is reached. */
  readonly endpoint: string;
  /** As the server tells it: bytes in base64, instants in seconds. */
  readonly input: Readonly<Record<string, unknown>>;
}

/** Texts that a POSIX shell takes for one word that is themselves. */
const PLAIN = /^[\w/:=.,@%+-]+$/;

/** A text as one word of a POSIX shell. What is in it is never run, whatever it is. A shell has no words with U+0000 in them. */
export function quoted(text: string): string {
  return PLAIN.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** A command of which every part is on a line of its own, each part being words that belong together. */
export function commandOf(parts: readonly (readonly string[])[]): string {
  return parts.map((words) => words.map(quoted).join(" ")).join(" \\\n  ");
}
