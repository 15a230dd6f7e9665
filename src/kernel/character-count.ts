/** How many characters a text has. UTF-16 writes some of them, such as most emoji, in two units. */
export function characterCount(text: string): number {
  let count = text.length;
  for (let at = 0; at + 1 < text.length; at++) {
    if (!isLeading(text.charCodeAt(at)) || !isTrailing(text.charCodeAt(at + 1))) continue;
    count--;
    at++;
  }
  return count;
}

function isLeading(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00;
}

function isTrailing(unit: number): boolean {
  return unit >= 0xdc00 && unit < 0xe000;
}
