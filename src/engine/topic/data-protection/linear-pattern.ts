import { latePackage } from "../../../kernel/load/late-package.ts";
import type { Detection, Detector } from "./detector.ts";

/** Larger programs come from counted repetitions only, which write a part out that many times. */
const MAX_PROGRAM = 1000;
/** What all counts of a pattern may add up to. Making a program of more takes longer than a request may. */
const MAX_REPETITIONS = 1000;
const REPETITION = /\{(?:\d+,)?(\d{1,9})\}/g;

/** Somebody else's pattern, ready to be searched for. */
export interface LinearPattern {
  readonly find: Detector;
  /** How many steps a search may take for each character of the text. */
  readonly stepsPerCharacter: number;
}

/**
 * Compiles a pattern for RE2's engine, which takes a time in proportion to the text whatever the pattern. Undefined when
 * it is none, or too large; like AWS, RE2 knows no backward references and nothing that looks ahead or behind. Loads the
 * engine when first called, because hardly anybody needs it.
 */
export function linearPattern(text: string): LinearPattern | undefined {
  const counts = Array.from(text.matchAll(REPETITION), ([, count]) => Number(count));
  if (counts.reduce((sum, count) => sum + count, 0) > MAX_REPETITIONS) return undefined;
  const pattern = compile(text);
  const size = pattern?.programSize() ?? Number.POSITIVE_INFINITY;
  if (pattern === undefined || size > MAX_PROGRAM) return undefined;
  return { find: (searched) => findAll(pattern, searched), stepsPerCharacter: size };
}

type Pattern = import("re2js").RE2JS;

function compile(text: string): Pattern | undefined {
  const { RE2JS } = latePackage("re2js", (loaded: typeof import("re2js")) => loaded);
  try {
    return RE2JS.compile(RE2JS.translateRegExp(text));
  } catch {
    return undefined;
  }
}

function findAll(pattern: Pattern, text: string): readonly Detection[] {
  const detections: Detection[] = [];
  const matcher = pattern.matcher(text);
  while (matcher.find()) {
    const [start, end] = [matcher.start(), matcher.end()];
    if (end > start) detections.push({ start, end });
  }
  return detections;
}
