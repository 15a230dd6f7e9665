import { expect, test } from "vitest";
import { smsParts } from "../../../src/delivery/sns/sms-parts.ts";

test.for([
  ["160 letters", "a".repeat(160), 1],
  ["161 letters", "a".repeat(161), 2],
  ["306 letters", "a".repeat(306), 2],
  ["307 letters", "a".repeat(307), 3],
  ["80 characters of two septets", "€".repeat(80), 1],
  ["81 characters of two septets", "€".repeat(81), 2],
  ["70 characters beyond the alphabet", "ж".repeat(70), 1],
  ["71 characters beyond the alphabet", "ж".repeat(71), 2],
  ["134 characters beyond the alphabet", "ж".repeat(134), 2],
  ["135 characters beyond the alphabet", "ж".repeat(135), 3],
  ["70 letters and one character beyond the alphabet", `${"a".repeat(70)}ж`, 2],
  ["accents of the alphabet", "é".repeat(160), 1],
  ["35 emoji, each of two units", "😀".repeat(35), 1],
  ["36 emoji", "😀".repeat(36), 2],
  ["nothing", "", 1],
] as const)("%s take their parts", ([, text, parts]) => {
  expect(smsParts(text)).toBe(parts);
});
