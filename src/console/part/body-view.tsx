import { useMemo, useState } from "preact/hooks";
import { Copy } from "./copy.tsx";

/** What a message says: JSON folded and coloured, text as it stands, bytes in base64. It is shown, and never run or loaded. */
export function BodyView({ text, encoding }: { readonly text: string; readonly encoding?: "base64" | undefined }) {
  const [isRaw, setRaw] = useState(false);
  const value = useMemo(() => (encoding === undefined ? parsed(text) : undefined), [text, encoding]);
  return (
    <div class="body">
      <div class="body-tools">
        {encoding !== undefined && <span class="mark">bytes, in base64</span>}
        {value !== undefined && (
          <button type="button" aria-pressed={isRaw} onClick={() => setRaw(!isRaw)}>
            As it was sent
          </button>
        )}
        <Copy text={text} />
      </div>
      {value === undefined || isRaw ? (
        <pre class="raw">{text}</pre>
      ) : (
        <JsonNode value={value.json} openLevels={text.length > LONG_CHARACTERS ? 1 : OPEN_LEVELS} />
      )}
    </div>
  );
}

/** So many levels of objects and lists are open at first, and one of those that are long. What is closed is not there yet. */
const OPEN_LEVELS = 3;
const LONG_CHARACTERS = 20_000;
/** What an object or a list shows of itself at once. */
const MOST_MEMBERS = 200;

interface JsonNodeProps {
  readonly name?: string;
  readonly value: unknown;
  readonly openLevels: number;
}

function JsonNode({ name, value, openLevels }: JsonNodeProps) {
  const [isOpen, setOpen] = useState(openLevels > 0);
  const label = name === undefined ? null : <span class="json-name">{name}: </span>;
  if (typeof value !== "object" || value === null) {
    return (
      <div class="json-leaf">
        {label}
        <span class={`json-${value === null ? "null" : typeof value}`}>{JSON.stringify(value)}</span>
      </div>
    );
  }
  const members = Object.entries(value);
  const [opening, closing] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
  return (
    <details class="json-node" open={isOpen} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>
        {label}
        {opening}
        <span class="json-count">{members.length}</span>
        {closing}
      </summary>
      {isOpen &&
        members
          .slice(0, MOST_MEMBERS)
          .map(([key, member]) => <JsonNode key={key} name={key} value={member} openLevels={openLevels - 1} />)}
      {isOpen && members.length > MOST_MEMBERS && (
        <div class="json-leaf">… and {members.length - MOST_MEMBERS} more</div>
      )}
    </details>
  );
}

/** What JSON says, if the text is that of an object or a list. */
function parsed(text: string): { readonly json: unknown } | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return { json: JSON.parse(text) };
  } catch {
    return undefined;
  }
}
