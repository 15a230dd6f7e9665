import { isIPv4, isIPv6 } from "node:net";
import { type Detection, patternDetector } from "./detector.ts";

/** Characters that addresses consist of. */
const RUN = /[0-9A-Fa-f:.]+/g;
/** `::1`; ordinary text is full of shorter runs. */
const SHORTEST = 3;
const WORD_CHARACTER = /\w/;

const findIPv4 = patternDetector(/(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?!\.?\d)/g, isIPv4);

/** Finds addresses, with a port behind them or a full stop too. */
export function findAddresses(text: string): readonly Detection[] {
  const detections: Detection[] = [];
  for (const match of text.matchAll(RUN)) {
    if (match[0].length < SHORTEST) continue;
    const { run, index } = separate(text, match);
    for (const { start, end } of inRun(run)) detections.push({ start: index + start, end: index + end });
  }
  return detections;
}

/** The part of a run with no other letter or digit beside it. */
function separate(text: string, { 0: run, index }: RegExpExecArray): { readonly run: string; readonly index: number } {
  const isAttached = WORD_CHARACTER.test(text.charAt(index - 1));
  const isContinued = WORD_CHARACTER.test(text.charAt(index + run.length));
  const start = isAttached ? run.search(/[:.]|$/) + 1 : 0;
  const end = isContinued ? Math.max(run.lastIndexOf(":"), run.lastIndexOf(".")) : run.length;
  return { run: run.slice(start, Math.max(start, end)), index: index + start };
}

function inRun(run: string): readonly Detection[] {
  const address = [withoutEnd(run, "."), withoutEnd(run, ".:")].find((text) => isIPv6(text) && text !== "::");
  return address === undefined ? findIPv4(run) : [{ start: 0, end: address.length }];
}

/** A loop, because a pattern would look at a long row of those characters once for each of them. */
function withoutEnd(run: string, characters: string): string {
  let end = run.length;
  while (end > 0 && characters.includes(run.charAt(end - 1))) end--;
  return run.slice(0, end);
}
