/** What AWS answers a template with that cannot be, as the text of a ValidationError. */
export class TemplateError extends Error {
  override readonly name = "TemplateError";
}

/** A template whose form is wrong. */
export function formatError(text: string): TemplateError {
  return new TemplateError(`Template format error: ${text}`);
}

/** A template that has the right form and cannot be understood. */
export function meaningError(text: string): TemplateError {
  return new TemplateError(`Template error: ${text}`);
}

/** `(line 3, column 7)` of a place in a text. */
export function positionIn(text: string, offset: number): string {
  let line = 1;
  let start = 0;
  for (let at = text.indexOf("\n"); at >= 0 && at < offset; at = text.indexOf("\n", at + 1)) {
    line++;
    start = at + 1;
  }
  return `(line ${line}, column ${offset - start + 1})`;
}
