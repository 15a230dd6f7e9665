/** What no header can carry: control characters, and what is more than one byte. */
const UNPRINTABLE = /[^\t\x20-\x7e\x80-\xff]/g;

/** The text as a header can carry it. */
export function headerText(text: string): string {
  return text.replace(UNPRINTABLE, "?");
}

/** The items of a header that is a list: parted by commas, in quotes where an item has a comma or a quote itself. */
export function headerItems(text: string): readonly string[] {
  const items: string[] = [];
  for (let at = 0; at < text.length; ) {
    while (text[at] === " " || text[at] === "\t") at++;
    if (text[at] === '"') {
      const { item, end } = quotedItem(text, at + 1);
      items.push(item);
      at = endOfItem(text, end) + 1;
    } else {
      const end = endOfItem(text, at);
      items.push(text.slice(at, end).trimEnd());
      at = end + 1;
    }
  }
  return items;
}

/** The items of a header that is a list of instants; each has a comma itself. */
export function dateItems(text: string): readonly string[] {
  const halves = text.split(",");
  const items: string[] = [];
  for (let at = 0; at < halves.length; at += 2)
    items.push(
      halves
        .slice(at, at + 2)
        .join(",")
        .trim(),
    );
  return text === "" ? [] : items;
}

/** The item as it stands in a list. */
export function headerItem(text: string): string {
  return /[",]/.test(text) ? `"${text.replace(/["\\]/g, "\\$&")}"` : text;
}

function endOfItem(text: string, start: number): number {
  const comma = text.indexOf(",", start);
  return comma < 0 ? text.length : comma;
}

function quotedItem(text: string, start: number): { readonly item: string; readonly end: number } {
  let item = "";
  let at = start;
  for (; at < text.length && text[at] !== '"'; at++) {
    if (text[at] === "\\") at++;
    item += text[at] ?? "";
  }
  return { item, end: at + 1 };
}
