import type { TextPattern } from "../../model/shape.ts";
import { described } from "../constraint-wording.ts";

/*
 * The model's patterns for ARNs have up to four `.*` and `\S+` in a row, and a regular expression tries all ways to
 * share a text among them: 16 KiB take seconds. Here every part is looked for once.
 */

const ACCOUNT = /:\d{12}:/g;

/** `arn:aws.*:kinesis:.*:\d{12}:stream/\S+` */
export const streamArnPattern = arnPattern("arn:aws.*:kinesis:.*:\\d{12}:stream/\\S+", [], /:\d{12}:stream\/(?=.)/g);

/** `arn:aws.*:kinesis:.*:\d{12}:channel/\S+` */
export const channelArnPattern = arnPattern("arn:aws.*:kinesis:.*:\\d{12}:channel/\\S+", [], /:\d{12}:channel\/(?=.)/g);

/** `arn:aws.*:kinesis:.*:\d{12}:queue/\S+` */
export const queueArnPattern = arnPattern("arn:aws.*:kinesis:.*:\\d{12}:queue/\\S+", [], /:\d{12}:queue\/(?=.)/g);

/** A stream, a consumer, a channel or a queue. */
export const resourceArnPattern = arnPattern(
  "arn:aws.*:kinesis:.*:\\d{12}:.*(stream|channel|queue)/\\S+",
  [ACCOUNT],
  /(?:stream|channel|queue)\/(?=.)/g,
);

export const consumerArnPattern = arnPattern(
  "^(arn):aws.*:kinesis:.*:\\d{12}:.*stream\\/[a-zA-Z0-9_.-]+\\/consumer\\/[a-zA-Z0-9_.-]+:[0-9]+",
  [ACCOUNT],
  /stream\/[a-zA-Z0-9_.-]+\/consumer\/[a-zA-Z0-9_.-]+:[0-9]+$/g,
);

/**
 * A test for `arn:aws.*:kinesis:.*`, the middle parts with `.*` behind each, the last part and `\S*`. As `.*` takes
 * anything, all but the last are best where they come first, and the last is best where it comes last.
 */
function arnPattern(text: string, middle: readonly RegExp[], last: RegExp): TextPattern {
  const parts = [/:kinesis:/g, ...middle];
  return described(text, {
    test(value) {
      if (!value.startsWith("arn:aws") || LINE_END.test(value)) return false;
      let at = "arn:aws".length;
      for (const part of parts) {
        part.lastIndex = at;
        if (!part.test(value)) return false;
        at = part.lastIndex;
      }
      const end = lastEnd(last, value, at);
      return end !== undefined && !/\s/.test(value.slice(end));
    },
  });
}

/** What `.` does not take. */
const LINE_END = /[\n\r\u2028\u2029]/;

/** Where the last match ends. */
function lastEnd(pattern: RegExp, text: string, from: number): number | undefined {
  pattern.lastIndex = from;
  let end: number | undefined;
  while (pattern.test(text)) end = pattern.lastIndex;
  return end;
}
