import type { TextPattern } from "../model/shape.ts";

const texts = new WeakMap<TextPattern, string>();

/** A pattern that the whole value must match, and that messages show as it is written in the model. */
export function pattern(text: string): TextPattern {
  return described(text, new RegExp(`^(?:${text})$`));
}

/** Gives a test the text of the pattern it stands for. */
export function described(text: string, test: TextPattern): TextPattern {
  texts.set(test, text);
  return test;
}

/** How messages show the pattern. */
export function textOfPattern(expression: TextPattern): string {
  const text = texts.get(expression);
  if (text !== undefined) return text;
  return expression instanceof RegExp ? expression.source : "";
}
