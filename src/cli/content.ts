import type { Call } from "./command.ts";
import { CommandFailure, misuse } from "./failure.ts";

/** No message and no record is larger. */
const MOST_BYTES = 16 * 1024 * 1024;

/** What is to be sent: the word, or what comes on standard input if that is `-` or nothing. Throws CommandFailure. */
export async function contentOf({ input, words: [, word] }: Pick<Call, "input" | "words">): Promise<Buffer> {
  if (word !== undefined && word !== "-") return Buffer.from(word);
  if (word === undefined && input.isTTY === true)
    throw misuse("say what to send, or - to type it, with Ctrl+D at the end");
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of input) {
    const buffer = Buffer.from(chunk);
    bytes += buffer.length;
    if (bytes > MOST_BYTES) throw new CommandFailure(`more than ${MOST_BYTES} bytes are no message`);
    chunks.push(buffer);
  }
  return Buffer.concat(chunks);
}

/** An attribute of a message as it was typed: `name=value`, or `name:Number=3`. */
interface TypedAttribute {
  readonly name: string;
  readonly type: string;
  readonly value: string;
}

/** Throws CommandFailure. */
export function attributesOf(texts: readonly string[]): readonly TypedAttribute[] {
  return texts.map((text) => {
    const [, name, type = "String", value] = /^([^=:]+)(?::([^=]+))?=([\s\S]*)$/.exec(text) ?? [];
    if (name === undefined || value === undefined)
      throw misuse(`an attribute is name=value or name:Number=3, not "${text}"`);
    return { name, type, value };
  });
}
