import type { ComponentChildren } from "preact";
import { hrefOfArn } from "../state/place.ts";
import type { Column } from "./virtual-table.tsx";
import { numberText } from "./words.ts";

/** What is listed by its name. */
export interface Named {
  readonly arn: string;
  readonly name: string;
  readonly region: string;
}

/** The name as a link. */
export const nameColumn = {
  title: "Name",
  width: "40%",
  cell: ({ arn, name }: Named) => <ResourceLink arn={arn}>{name}</ResourceLink>,
};

export const regionColumn = { title: "Region", width: "6.5rem", cell: ({ region }: Named) => region };

export function countColumn<Row>(title: string, of: (row: Row) => number): Column<Row> {
  return { title, align: "end", cell: (row) => numberText(of(row)) };
}

/** Leads to where a resource is shown; what has no page of its own is its text alone. */
export function ResourceLink({ arn, children }: { readonly arn: string; readonly children?: ComponentChildren }) {
  const href = hrefOfArn(arn);
  const text = children ?? arn.split(/[:/]/).at(-1);
  return href === undefined ? <span title={arn}>{text}</span> : <a href={href}>{text}</a>;
}
