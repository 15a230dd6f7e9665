import { present } from "../../../kernel/present.ts";

/** Finds what may be wrong, a surrogate that is one of a pair included. Cheap: no code points are put together. */
const SUSPECT = /[^\t\n\r -\uD7FF\uE000-\uFFFD]/;
/** Finds what is wrong. API_SendMessage: #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF. */
const FORBIDDEN = /[^\t\n\r -\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

/** The first character that no message may contain, as `#x` and its hexadecimal code point, if there is one. */
export function forbiddenCharacter(text: string): string | undefined {
  if (!SUSPECT.test(text)) return undefined;
  const found = FORBIDDEN.exec(text)?.[0];
  return found === undefined
    ? undefined
    : `#x${present(found.codePointAt(0), "a character that was found").toString(16).toUpperCase()}`;
}

/** The end of every text that refuses a character. */
export const ALLOWED_CHARACTERS =
  "the set of allowed characters is #x9 | #xA | #xD | [#x20-#xD7FF] | [#xE000-#xFFFD] | [#x10000-#x10FFFF].";
