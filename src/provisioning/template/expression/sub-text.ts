/** A part of the text of Fn::Sub: what stays as it is, or a name to be replaced. */
type SubPart = { readonly text: string } | { readonly name: string };

const PLACEHOLDER = /\$\{([^{}$]*)\}/g;

/** Takes the text of Fn::Sub apart. AWS: `${!Literal}` becomes `${Literal}`; blanks around a name do not count. */
export function subParts(text: string): readonly SubPart[] {
  const parts: SubPart[] = [];
  let end = 0;
  for (const match of text.matchAll(PLACEHOLDER)) {
    const [whole, inside = ""] = match;
    if (match.index > end) parts.push({ text: text.slice(end, match.index) });
    parts.push(inside.startsWith("!") ? { text: `\${${inside.slice(1)}}` } : { name: inside.trim() });
    end = match.index + whole.length;
  }
  if (end < text.length) parts.push({ text: text.slice(end) });
  return parts;
}
