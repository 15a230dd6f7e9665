const texts = new WeakMap<RegExp, string>();

/** A pattern that the whole value must match, and that messages show as it is written in the model. */
export function pattern(text: string): RegExp {
  const expression = new RegExp(`^(?:${text})$`);
  texts.set(expression, text);
  return expression;
}

/** How messages show the pattern. */
export function textOfPattern(expression: RegExp): string {
  return texts.get(expression) ?? expression.source;
}
