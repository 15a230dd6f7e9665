/** Where something was found in a text: offsets of UTF-16 units, the end not included. */
export interface Detection {
  readonly start: number;
  readonly end: number;
}

/** Finds one kind of sensitive data in a text. What it finds does not overlap, and is in order. */
export type Detector = (text: string) => readonly Detection[];

/** The same, which tells before it takes more steps than its kind takes for each character. To `spend` may throw. */
export type MeteredDetector = (text: string, spend: (steps: number) => void) => readonly Detection[];

/** Finds what a global pattern matches, of that only what also passes the test. */
export function patternDetector(pattern: RegExp, isMeant: (match: string) => boolean = () => true): Detector {
  return (text) => {
    const detections: Detection[] = [];
    for (const { 0: match, index } of text.matchAll(pattern)) {
      if (match !== "" && isMeant(match)) detections.push({ start: index, end: index + match.length });
    }
    return detections;
  };
}
