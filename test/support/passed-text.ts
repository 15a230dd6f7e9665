import type { PassedText } from "../../src/kernel/utf8.ts";

/** A text that is no string yet. */
export function passed(text: string): PassedText {
  const bytes = Buffer.from(text);
  return {
    mostBytes: bytes.length,
    isDigits: /^\d*$/.test(text),
    write(target, at) {
      for (const [index, byte] of bytes.entries()) target.setUint8(at + index, byte);
      return at + bytes.length;
    },
    toString: () => text,
  };
}
