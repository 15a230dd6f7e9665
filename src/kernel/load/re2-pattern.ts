import { latePackage } from "./late-package.ts";

export type Re2Pattern = import("re2js").RE2JS;

/** What all counts of a pattern may add up to. Making a program of more takes longer than a request may. */
const MAX_REPETITIONS = 1000;
const REPETITION = /\{(?:\d+,)?(\d{1,9})\}/g;

/**
 * Compiles somebody else's pattern for RE2's engine, which takes a time in proportion to the text whatever the pattern.
 * Undefined when it is none, or counts too far; RE2 knows no backward references and nothing that looks ahead or behind. Loads
 * the engine when first called, because hardly anybody needs it.
 */
export function re2Pattern(text: string): Re2Pattern | undefined {
  const counts = Array.from(text.matchAll(REPETITION), ([, count]) => Number(count));
  if (counts.reduce((sum, count) => sum + count, 0) > MAX_REPETITIONS) return undefined;
  const { RE2JS } = latePackage("re2js", (loaded: typeof import("re2js")) => loaded);
  try {
    return RE2JS.compile(RE2JS.translateRegExp(text));
  } catch {
    return undefined;
  }
}
