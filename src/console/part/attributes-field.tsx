/** Attributes of lines such as `type=order`: a number where it looks like one, a list where it is one in JSON. Throws Error. */
export function attributesOf(lines: string): Readonly<Record<string, string | number | readonly unknown[]>> {
  const entries = lines
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .map((line) => {
      const at = line.indexOf("=");
      if (at < 1) throw new Error(`An attribute is a line such as type=order, not "${line}".`);
      return [line.slice(0, at).trim(), attributeIn(line.slice(at + 1).trim())] as const;
    });
  return Object.fromEntries(entries);
}

function attributeIn(text: string): string | number | readonly unknown[] {
  if (/^-?\d+(?:\.\d+)?$/.test(text)) return Number(text);
  if (!text.startsWith("[")) return text;
  const list: unknown = JSON.parse(text);
  return Array.isArray(list) ? list : text;
}

interface AttributesFieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** A field for attributes, a line each. */
export function AttributesField({ value, onChange }: AttributesFieldProps) {
  return (
    <label>
      <span>
        Attributes, a line each: <code>type=order</code>, <code>price=100</code>, <code>tags=["a","b"]</code>
      </span>
      <textarea value={value} onInput={({ currentTarget }) => onChange(currentTarget.value)} />
    </label>
  );
}
