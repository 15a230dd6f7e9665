import type { ComponentChildren } from "preact";

interface TabsProps<Id extends string> {
  /** Ids and titles. */
  readonly tabs: readonly (readonly [Id, string])[];
  readonly chosen: Id;
  readonly onChoose: (id: Id) => void;
  readonly label: string;
  readonly children: ComponentChildren;
}

/** What is shown of something, one part at a time; the arrow keys go from one to the next. */
export function Tabs<Id extends string>({ tabs, chosen, onChoose, label, children }: TabsProps<Id>) {
  const move = (event: KeyboardEvent): void => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const at = tabs.findIndex(([id]) => id === chosen);
    const next = tabs[(at + step + tabs.length) % tabs.length];
    if (next === undefined) return;
    onChoose(next[0]);
    document.getElementById(`tab-${next[0]}`)?.focus();
  };
  return (
    <>
      <div class="line" role="tablist" aria-label={label} onKeyDown={move}>
        {tabs.map(([id, title]) => (
          <button
            key={id}
            id={`tab-${id}`}
            type="button"
            role="tab"
            aria-selected={id === chosen}
            aria-controls="tab-panel"
            tabIndex={id === chosen ? 0 : -1}
            onClick={() => onChoose(id)}
          >
            {title}
          </button>
        ))}
      </div>
      <div id="tab-panel" role="tabpanel" class="stack" aria-labelledby={`tab-${chosen}`}>
        {children}
      </div>
    </>
  );
}
