import type { Entry } from "../../src/kernel/event/event-log.ts";

/** What a server says that stands by. */
export const STANDS_BY = "stands by\n";

/** A text where it was found. */
export interface Found {
  readonly place: string;
  readonly text: string;
  readonly receives: number;
}

/** As much of events as is looked at. */
interface Event {
  readonly type: string;
  readonly message?: { readonly body: string };
  readonly delivery?: { readonly receiveCount: number };
  /** Of a record, in base64. */
  readonly data?: string;
}

/** The texts in what there is, in order. */
export function foundIn(entries: Iterable<Entry>): readonly Found[] {
  return Array.from(entries).flatMap(({ resource, event }) => {
    const { type, message, data = "", delivery } = event as unknown as Event;
    const place = resource.slice(resource.lastIndexOf(":") + 1).replace("stream/", "");
    const text = type === "put" ? Buffer.from(data, "base64").toString() : message?.body;
    const isHeld = type === "put" || type === "sent" || type === "messageKept";
    if (text === undefined || !isHeld) return [];
    return [{ place, text: nameOf(text), receives: delivery?.receiveCount ?? 0 }];
  });
}

/** The part of a text by which it is known; what follows makes it long. */
export function nameOf(text: string): string {
  return text.split(" ", 1)[0] ?? "";
}
