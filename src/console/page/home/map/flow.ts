import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { listen, type Step } from "../../../api/live.ts";
import { every, machineNow } from "../../../browser/timing.ts";
import { flowKey } from "./flow-key.ts";

/** What went on lately is shown for so long. */
export const SHOWN_MS = 3000;
/** So many of what went on are remembered. */
const MOST_REMEMBERED = 20_000;

/** How often something happened lately, by resource, and by flow key for what went from one to another. */
export const flow = signal<ReadonlyMap<string, number>>(new Map());

/** Counts what happens while the map is shown. */
export function useFlow(): void {
  useEffect(() => {
    const happened: { readonly at: number; readonly keys: readonly string[] }[] = [];
    const count = (): void => {
      const since = machineNow() - SHOWN_MS;
      const first = happened.findIndex(({ at }) => at >= since);
      happened.splice(0, first === -1 ? happened.length : first);
      if (happened.length === 0 && flow.peek().size === 0) return;
      const counts = new Map<string, number>();
      for (const { keys } of happened) for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
      flow.value = counts;
    };
    const ends = [
      listen((news) => {
        if (news.type !== "step" || happened.length >= MOST_REMEMBERED) return;
        happened.push({ at: machineNow(), keys: keysOf(news.step) });
      }),
      every(250, count),
    ];
    return () => {
      for (const end of ends) end();
      flow.value = new Map();
    };
  }, []);
}

function keysOf({ kind, resource, related }: Step): readonly string[] {
  return related === undefined ? [resource] : [resource, flowKey(kind, resource, related)];
}
