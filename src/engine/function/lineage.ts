import { md5 } from "../../kernel/digest.ts";

/** AWS: about sixteen. Recursive loop detection, Lambda developer guide. */
export const MOST_PASSES = 16;
/** Of so many functions the passes are kept, so that no chain makes a header of any length. */
const MOST_FUNCTIONS = 32;

/** The part of a trace header that says which functions events went through: `Lineage=1a2b3c4d:3|5e6f7a8b:1`. */
const LINEAGE = /(?:^|;)\s*Lineage=([^;]*)/;
const PASSES = /^([\da-f]{1,16}):(\d{1,5})$/i;

/** What functions are called there, as far as they are known. */
const names = new Map<string, string>();
const MOST_NAMES = 1000;

/** How often what has that trace header went through the function, whichever of its versions. */
export function passesThrough(functionArn: string, traceHeader: string | undefined): number {
  return traceHeader === undefined ? 0 : (lineageIn(traceHeader).get(nameOf(functionArn)) ?? 0);
}

/** The trace header of what comes of it when the function is invoked once more. */
export function passedThrough(functionArn: string, traceHeader: string): string {
  const lineage = lineageIn(traceHeader);
  const name = nameOf(functionArn);
  const passes = (lineage.get(name) ?? 0) + 1;
  lineage.delete(name); // the latest is the last
  return withLineage(traceHeader, lineage.set(name, passes));
}

/** The same for a trace header that says of no function yet. */
export function firstPassed(functionArn: string, traceHeader: string): string {
  return `${traceHeader};Lineage=${nameOf(functionArn)}:1`;
}

/** The trace header of several things together: the first there is, with the most passes through each function. */
export function mergedTrace(traceHeaders: Iterable<string | undefined>): string | undefined {
  let first: string | undefined;
  const merged = new Map<string, number>();
  for (const header of traceHeaders) {
    if (header === undefined) continue;
    first ??= header;
    for (const [name, passes] of lineageIn(header)) merged.set(name, Math.max(passes, merged.get(name) ?? 0));
  }
  return first === undefined || merged.size === 0 ? first : withLineage(first, merged);
}

function lineageIn(traceHeader: string): Map<string, number> {
  const [, text = ""] = LINEAGE.exec(traceHeader) ?? [];
  const passes = text.split("|").map((part) => PASSES.exec(part));
  return new Map(passes.flatMap((found) => (found === null ? [] : [[found[1] ?? "", Number(found[2])] as const])));
}

function withLineage(traceHeader: string, lineage: ReadonlyMap<string, number>): string {
  const text = [...lineage].slice(-MOST_FUNCTIONS).map(([name, passes]) => `${name}:${passes}`);
  const others = traceHeader.split(";").filter((part) => part.trim() !== "" && !LINEAGE.test(part));
  return [...others, `Lineage=${text.join("|")}`].join(";");
}

/** What a function is called there. AWS: eight hexadecimal digits, from which it is not told. */
function nameOf(functionArn: string): string {
  let name = names.get(functionArn);
  if (name === undefined) {
    name = md5(functionArn.split(":", 7).join(":")).slice(0, 8);
    if (names.size >= MOST_NAMES) names.clear();
    names.set(functionArn, name);
  }
  return name;
}
