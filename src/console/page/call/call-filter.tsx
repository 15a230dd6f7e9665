import type { ApiCall } from "../../api/control.ts";

/** Which calls are shown: those that meet all conditions. */
export interface Wanted {
  readonly service?: string | undefined;
  readonly operation?: string | undefined;
  readonly outcome?: string | undefined;
  readonly resource?: string | undefined;
}

const fields = [
  ["service", "Service"],
  ["operation", "Operation"],
  ["outcome", "Outcome"],
  ["resource", "Resource"],
] as const;

interface CallFilterProps {
  readonly wanted: Wanted;
  /** Calls whose members are proposed. */
  readonly calls: readonly ApiCall[];
  readonly onChange: (wanted: Wanted) => void;
}

/** Narrows calls down, by what those that are known have. */
export function CallFilter({ wanted, calls, onChange }: CallFilterProps) {
  return (
    <search class="line">
      {fields.map(([name, title]) => (
        <label key={name} class="line">
          {title}
          <input
            type="search"
            list={`known-${name}`}
            value={wanted[name] ?? ""}
            onChange={({ currentTarget: { value } }) =>
              onChange({ ...wanted, [name]: value.trim() === "" ? undefined : value.trim() })
            }
          />
          <datalist id={`known-${name}`}>
            {knownOf(calls, name).map((text) => (
              <option key={text} value={text} />
            ))}
          </datalist>
        </label>
      ))}
    </search>
  );
}

const MOST_PROPOSED = 50;

function knownOf(calls: readonly ApiCall[], name: keyof Wanted): readonly string[] {
  const known = new Set(calls.flatMap((call) => call[name] ?? []));
  return [...known].toSorted().slice(0, MOST_PROPOSED);
}
