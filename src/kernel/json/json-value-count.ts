const QUOTE = 0x22;
const COMMA = 0x2c;
const OPEN_LIST = 0x5b;
const BACKSLASH = 0x5c;
const OPEN_OBJECT = 0x7b;

/** So much of a text is read byte by byte before its end is looked for natively, and again behind each escaped quote. */
const SHORT_TEXT = 64;

/** A document with more values is nothing that somebody wrote for AWS to understand: policies have some hundreds. */
const MOST_VALUES = 32 * 1024;
/** A value and what separates it from the next are two characters at the least. */
const FEW_CHARACTERS = 2 * MOST_VALUES;

/** Whether a text has so many values that to parse it could take a hundred times its size in memory. */
export function isOverfullJson(text: string): boolean {
  return text.length > FEW_CHARACTERS && hasMoreValues(Buffer.from(text), MOST_VALUES);
}

/**
 * Whether a JSON text holds more values than that, to judge by what stands outside its strings: a value begins the
 * text, or a list or object, or comes after a comma. It makes nothing, and of a text that is no JSON tells nothing.
 */
export function hasMoreValues(json: Buffer, most: number): boolean {
  let values = 1;
  for (let at = 0; at < json.length; at++) {
    const byte = json[at];
    if (byte === QUOTE) at = endOfText(json, at + 1);
    else if (byte === COMMA || byte === OPEN_LIST || byte === OPEN_OBJECT) {
      if (++values > most) return true;
    }
  }
  return false;
}

/** Where the quote stands that ends the text which begins there; the end of everything if there is none. */
function endOfText(json: Buffer, start: number): number {
  let at = start;
  while (at < json.length) {
    for (const near = at + SHORT_TEXT; at < near; at++) {
      if (json[at] === QUOTE) return at;
      if (json[at] === BACKSLASH) at++;
    }
    const quote = json.indexOf(QUOTE, at);
    if (quote < 0) break;
    if (!isEscaped(json, quote, at)) return quote;
    at = quote + 1;
  }
  return json.length;
}

/** Whether an odd number of backslashes stands before the place, none of them before `start`. */
function isEscaped(json: Buffer, place: number, start: number): boolean {
  let first = place;
  while (first > start && json[first - 1] === BACKSLASH) first--;
  return (place - first) % 2 === 1;
}
