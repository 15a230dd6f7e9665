import { type Re2Pattern, re2Pattern } from "../../../kernel/load/re2-pattern.ts";
import type { Detection, Detector } from "./detector.ts";

/** Larger programs come from counted repetitions only, which write a part out that many times. */
const MAX_PROGRAM = 1000;

/** Somebody else's pattern, ready to be searched for. */
export interface LinearPattern {
  readonly find: Detector;
  /** Whether it is found at all, be it as nothing. */
  isIn(text: string): boolean;
  /** How many steps a search may take for each character of the text. */
  readonly stepsPerCharacter: number;
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
    find: (searched) => findAll(pattern, searched),
    isIn: (searched) => pattern.matcher(searched).find(),
    stepsPerCharacter: size,
  };
}

function findAll(pattern: Re2Pattern, text: string): readonly Detection[] {
  const detections: Detection[] = [];
  const matcher = pattern.matcher(text);
  while (matcher.find()) {
    const [start, end] = [matcher.start(), matcher.end()];
    if (end > start) detections.push({ start, end });
  }
  return detections;
}
