import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { usePages } from "../api/use-pages.ts";
import { every } from "../browser/timing.ts";
import { Failure, Loading } from "./states.tsx";
import { type Column, VirtualTable } from "./virtual-table.tsx";

/** What is listed is no step that would tell of itself. */
const LOOK_EVERY_MS = 1000;

interface LatestProps<Row> {
  /** What is listed, for those who cannot see it. */
  readonly label: string;
  readonly pages: ReturnType<typeof usePages<Row>>;
  /** The columns, the first of which has what chooses a row. */
  readonly columns: (choose: (row: Row) => void) => readonly Column<Row>[];
  readonly keyOf: (row: Row) => string;
  /** What is shown while there is nothing. */
  readonly empty: ComponentChildren;
  /** What is shown of the row that is chosen, until that is closed. */
  readonly detail: (row: Row, close: () => void) => ComponentChildren;
}

/** The latest of what happens, looked at every second, of which one can be chosen. */
export function Latest<Row>({ label, pages, columns, keyOf, empty, detail }: LatestProps<Row>) {
  const [chosen, setChosen] = useState<Row>();
  const choose = (row: Row): void => setChosen(() => row);
  useEffect(() => every(LOOK_EVERY_MS, pages.reload), []);
  if (pages.failure !== undefined) return <Failure text={pages.failure} retry={pages.reload} />;
  if (!pages.isKnown) return <Loading />;
  return (
    <>
      {pages.rows.length === 0 && empty}
      {pages.rows.length > 0 && (
        <VirtualTable
          label={label}
          columns={columns(choose)}
          rows={pages.rows}
          keyOf={keyOf}
          chosen={chosen && keyOf(chosen)}
          onChoose={choose}
          onShow={pages.show}
        />
      )}
      {chosen && detail(chosen, () => setChosen(undefined))}
    </>
  );
}
