import { type Re2Pattern, re2Pattern } from "../../../kernel/load/re2-pattern.ts";
import type { Detection, MeteredDetector } from "./detector.ts";

/** Larger programs come from counted repetitions only, which write a part out that many times. */
const MAX_PROGRAM = 1000;
/** What it takes for each character at most to find out whether a pattern is in a text, however large its program. */
const TEST_STEPS = 10;
/** So far ahead is searched at first. */
const WINDOW = 64;
/** So many times as far if that is not far enough. */
const GROWTH = 4;

/** Somebody else's pattern, ready to be searched for. */
export interface LinearPattern {
  readonly find: MeteredDetector;
  /** Whether it is found at all, be it as nothing. */
  isIn(text: string): boolean;
  /** How many steps each character of the text may take until it is known whether the pattern is in it. */
  readonly stepsPerCharacter: number;
  /** How many steps it may take to go past a character while all of it is found. */
  readonly size: number;
}

/**
 * A pattern whose search takes a time in proportion to the text. Undefined when it is none, or too large. Like AWS, RE2 knows no
 * backward references and nothing that looks ahead or behind.
 */
export function linearPattern(text: string): LinearPattern | undefined {
  const pattern = re2Pattern(text);
  const size = pattern?.programSize() ?? Number.POSITIVE_INFINITY;
  if (pattern === undefined || size > MAX_PROGRAM) return undefined;
  return {
    find: (searched, spend) => findAll(pattern, size, searched, spend),
    isIn: (searched) => pattern.test(searched),
    stepsPerCharacter: TEST_STEPS,
    size,
  };
}

function findAll(
  pattern: Re2Pattern,
  size: number,
  text: string,
  spend: (steps: number) => void,
): readonly Detection[] {
  if (!pattern.test(text)) return [];
  const detections: Detection[] = [];
  for (let from = 0; from < text.length; ) {
    const found = findNext(pattern, text, from, (characters) => spend(characters * size));
    if (found === undefined) break;
    if (found.end > found.start) detections.push(found);
    from = Math.max(found.end, from + 1);
  }
  return detections;
}

/**
 * The next match. Each search may read on to the end of what it is given, since a longer match may come before the one that was
 * found, so that all of them would take a time in proportion to the square of the text: what it is given grows as it is needed.
 */
function findNext(
  pattern: Re2Pattern,
  text: string,
  from: number,
  spend: (characters: number) => void,
): Detection | undefined {
  for (let ahead = WINDOW; ; ahead *= GROWTH) {
    const limit = Math.min(from + ahead, text.length);
    spend(limit - from);
    const matcher = pattern.matcher(text.slice(0, limit));
    const found = matcher.find(from) ? { start: matcher.start(), end: matcher.end() } : undefined;
    if (limit === text.length || (found !== undefined && found.end < limit)) return found;
  }
}
