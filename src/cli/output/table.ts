import { columnsOf, cutTo, plain } from "./plain-text.ts";

export type Cell = string | number | undefined;

/** A column gets no narrower than this when a table is cut. */
const NARROWEST = 8;
const GAP = "  ";

/**
 * Rows in columns as wide as what is in them; a table wider than the terminal has its widest columns cut. Numbers stand at the
 * right. The first line is the head.
 */
export function tableLines(
  head: readonly string[],
  rows: readonly (readonly Cell[])[],
  width?: number,
): readonly string[] {
  const isNumber = head.map((_, column) => rows.length > 0 && rows.every((row) => typeof row[column] === "number"));
  const cells = [head, ...rows].map((row) => head.map((_, column) => plain(String(row[column] ?? "-"))));
  const natural = head.map((_, column) =>
    cells.reduce((widest, row) => Math.max(widest, columnsOf(row[column] ?? "")), 0),
  );
  const widths = width === undefined ? natural : fitted(natural, width - GAP.length * (head.length - 1));
  return cells.map((row) =>
    row
      .map((cell, column) => {
        const cut = cutTo(cell, widths[column] ?? 0);
        const blanks = " ".repeat(Math.max(0, (widths[column] ?? 0) - columnsOf(cut)));
        return isNumber[column] ? blanks + cut : cut + blanks;
      })
      .join(GAP)
      .trimEnd(),
  );
}

/** Widths that have room together, the widest ones giving way first. */
function fitted(natural: readonly number[], room: number): readonly number[] {
  const widths = [...natural];
  for (let over = widths.reduce((sum, one) => sum + one, 0) - room; over > 0; ) {
    const widest = widths.reduce((one, other) => Math.max(one, other), 0);
    const [second = NARROWEST] = widths.filter((one) => one < widest).sort((one, other) => other - one);
    const next = Math.max(second, NARROWEST, widest - over);
    if (next >= widest) break;
    over -= widest - next;
    widths[widths.indexOf(widest)] = next;
  }
  return widths;
}
