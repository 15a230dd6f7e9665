/** Name and value of a JSON member, the value as JSON already. */
export type Member = readonly [name: string, json: string];

/** JSON in the layout of AWS's envelopes: a member a line, a space on both sides of the colon. */
export function documentOf(members: readonly Member[], indent = ""): string {
  return `{\n${linesOf(members, `${indent}  `)}\n${indent}}`;
}

/** The members without the braces around them. */
export function linesOf(members: readonly Member[], indent = "  "): string {
  return members.map(([name, json]) => `${indent}${JSON.stringify(name)} : ${json}`).join(",\n");
}

/** JSON on one line, without spaces. */
export function compactOf(members: readonly Member[]): string {
  return `{${members.map(([name, json]) => `${JSON.stringify(name)}:${json}`).join(",")}}`;
}

/** Members whose values are text, those without a value left out. */
export function textMembers(values: Readonly<Record<string, string | undefined>>): Member[] {
  return Object.entries(values).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, JSON.stringify(value)] as const],
  );
}
