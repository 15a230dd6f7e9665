/** Name and value of a JSON member, the value as JSON already. */
export type Member = readonly [name: string, json: string];

/** JSON in the layout of AWS's envelopes: a member a line, a space on both sides of the colon. */
export function documentOf(members: readonly Member[], indent = ""): string {
  return `{\n${linesOf(members, `${indent}  `)}\n${indent}}`;
}

/** The members without the braces around them. */
export function linesOf(members: readonly Member[], indent = "  "): string {
  let lines = "";
  for (const [name, json] of members) lines += `${lines === "" ? "" : ",\n"}${indent}${JSON.stringify(name)} : ${json}`;
  return lines;
}

/** JSON on one line, without spaces. */
export function compactOf(members: readonly Member[]): string {
  return `{${members.map(([name, json]) => `${JSON.stringify(name)}:${json}`).join(",")}}`;
}

/** Members whose values are text, those without a value left out. */
export function textMembers(values: Readonly<Record<string, string | undefined>>): Member[] {
  const members: Member[] = [];
  for (const name in values) {
    const value = values[name];
    if (value !== undefined) members.push([name, JSON.stringify(value)]);
  }
  return members;
}
