import { isIPv4, isIPv6 } from "node:net";
import { type Detection, patternDetector } from "./detector.ts";

/** Characters that addresses consist of, with no other letter or digit beside them. */
const RUN = /(?<!\w)[0-9A-Fa-f:.]+(?!\w)/g;

const findIPv4 = patternDetector(/(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?!\.?\d)/g, isIPv4);

/** Finds addresses, with a port behind them or a full stop too. */
export function findAddresses(text: string): readonly Detection[] {
  const detections: Detection[] = [];
  for (const { 0: run, index } of text.matchAll(RUN)) {
    for (const { start, end } of inRun(run)) detections.push({ start: index + start, end: index + end });
  }
  return detections;
}

function inRun(run: string): readonly Detection[] {
  const address = [run.replace(/\.+$/, ""), run.replace(/[.:]+$/, "")].find((text) => isIPv6(text) && text !== "::");
  return address === undefined ? findIPv4(run) : [{ start: 0, end: address.length }];
}
