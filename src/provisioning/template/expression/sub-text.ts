import { meaningError } from "../template-error.ts";

/** A part of the text of Fn::Sub: what stays as it is, or a name to be replaced. */
type SubPart = { readonly text: string } | { readonly name: string };

const PLACEHOLDER = /\$\{([^{}$]*)\}/g;
const NAME = /^[A-Za-z0-9_.:]+$/;

/**
 * Takes the text of Fn::Sub apart. AWS: `${!Literal}` becomes `${Literal}`; blanks around a name do not count. Throws TemplateError
 * for what no name is made of.
 */
export function subParts(text: string): readonly SubPart[] {
  const parts: SubPart[] = [];
  let end = 0;
  for (const match of text.matchAll(PLACEHOLDER)) {
    const [whole, inside = ""] = match;
    if (match.index > end) parts.push({ text: text.slice(end, match.index) });
    parts.push(inside.startsWith("!") ? { text: `\${${inside.slice(1)}}` } : { name: nameIn(inside) });
    end = match.index + whole.length;
  }
  if (end < text.length) parts.push({ text: text.slice(end) });
  return parts;
}

function nameIn(inside: string): string {
  const name = inside.trim();
  if (NAME.test(name)) return name;
  throw meaningError(
    "variable names in Fn::Sub syntax must contain only alphanumeric characters, underscores, periods, and colons",
  );
}
