import { elementScroll, observeElementOffset, observeElementRect, Virtualizer } from "@tanstack/virtual-core";
import type { ComponentChildren } from "preact";
import { useEffect, useReducer, useRef } from "preact/hooks";

/** A column: what its cells show. */
export interface Column<Row> {
  readonly title: string;
  readonly cell: (row: Row) => ComponentChildren;
  /** As CSS has it, `30%` or `8rem`; a share of what is left unless given. */
  readonly width?: string;
  readonly align?: "start" | "end";
}

interface VirtualTableProps<Row> {
  /** What is listed, for those who cannot see it. */
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  /** Chooses a row. */
  readonly onChoose?: (row: Row) => void;
  readonly chosen?: string | undefined;
  /** Hears which rows are in sight. */
  readonly onShow?: ((first: number, last: number) => void) | undefined;
}

const ROW_HEIGHT = 36;

/** A table of which only the rows in sight exist, however many there are. */
export function VirtualTable<Row>(props: VirtualTableProps<Row>) {
  const { label, columns, rows, keyOf, onChoose, chosen, onShow } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer(rows.length, scroller);
  const items = virtualizer.getVirtualItems();
  const last = items.at(-1);
  const seen = new Set<string>();
  const [firstIndex, lastIndex] = [items[0]?.index ?? 0, last?.index ?? 0];
  useEffect(() => onShow?.(firstIndex, lastIndex), [firstIndex, lastIndex, rows.length]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
    <section class="table-scroller" ref={scroller} tabIndex={0} aria-label={label}>
      <table aria-label={label} aria-rowcount={rows.length + 1}>
        <colgroup>
          {columns.map(({ title, width }) => (
            <col key={title} style={width === undefined ? {} : { width }} />
          ))}
        </colgroup>
        <thead>
          <tr>
            {columns.map(({ title, align = "start" }) => (
              <th scope="col" key={title} class={align}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <Spacer height={items[0]?.start ?? 0} />
          {items.map(({ index }) => {
            const row = rows[index];
            if (row === undefined) return null;
            const key = keyOf(row);
            // What moves while pages are asked for may be on two of them.
            const isAgain = seen.has(key);
            seen.add(key);
            return (
              <tr
                key={isAgain ? `${key} ${index}` : key}
                aria-rowindex={index + 2}
                class={key === chosen ? "chosen" : ""}
                onClick={() => onChoose?.(row)}
              >
                {columns.map(({ title, cell, align = "start" }) => (
                  <td key={title} class={align}>
                    {cell(row)}
                  </td>
                ))}
              </tr>
            );
          })}
          <Spacer height={virtualizer.getTotalSize() - (last?.end ?? 0)} />
        </tbody>
      </table>
    </section>
  );
}

/** Stands for the rows that are out of sight. */
function Spacer({ height }: { readonly height: number }) {
  // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a row cannot be focused
  return <tr class="spacer" aria-hidden="true" style={{ height: `${height}px` }} />;
}

/** The virtualizer of a list whose rows are of one height, which draws the part anew when it scrolls. */
function useVirtualizer(count: number, scroller: { readonly current: HTMLDivElement | null }) {
  const [, redraw] = useReducer((turn: number) => turn + 1, 0);
  const made = useRef<Virtualizer<HTMLDivElement, Element>>(undefined);
  const options = {
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 8,
    scrollToFn: elementScroll,
    observeElementRect,
    observeElementOffset,
    initialRect: { width: 800, height: 600 },
    onChange: () => redraw(undefined),
  };
  made.current ??= new Virtualizer<HTMLDivElement, Element>(options);
  const virtualizer = made.current;
  virtualizer.setOptions(options);
  useEffect(() => virtualizer._didMount(), []);
  useEffect(() => virtualizer._willUpdate());
  return virtualizer;
}
