/** What terminals obey instead of showing it: controls, and marks that turn the direction of what is written. */
const OBEYED = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/gu;
const NAMED: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** A text of whoever wrote it, so that a terminal shows it and obeys nothing in it. */
export function plain(text: string): string {
  return text.replace(OBEYED, (character) => NAMED[character] ?? escaped(character));
}

/** A value as JSON, with nothing in it that a terminal obeys but the ends of lines. */
export function plainJson(value: unknown, indent = 0): string {
  return (JSON.stringify(value, undefined, indent) ?? "null").replace(OBEYED, (character) =>
    character === "\n" ? character : escaped(character),
  );
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** Letters of two columns, most of them: CJK, Hangul, full width, emoji. */
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
const NONE = /[\p{M}\u200b-\u200d]/u;

/** How many columns a text takes. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const character of text) columns += NONE.test(character) ? 0 : WIDE.test(character) ? 2 : 1;
  return columns;
}

/** As much of a text as so many columns have room for, with `…` in place of the rest. */
export function cutTo(text: string, most: number): string {
  if (text.length <= most && columnsOf(text) <= most) return text;
  let columns = 0;
  let kept = "";
  for (const character of text) {
    columns += columnsOf(character);
    if (columns > most - 1) break;
    kept += character;
  }
  return `${kept}…`;
}
