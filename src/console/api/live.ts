import { effect, signal } from "@preact/signals";
import { CONTROL_PREFIX } from "../../kernel/own-traffic.ts";
import { account } from "../state/place.ts";
import type { Answer } from "./control.ts";

/** Something that happened, as the history tells it. */
export type Step = Answer<"history">["steps"][number];

/** What is told as it happens: a step, or that something was missed and has to be asked for. */
type News = { readonly type: "step"; readonly step: Step } | { readonly type: "missed" } | { readonly type: "clock" };

type Listener = (news: News) => void;

/** Whether the server tells what happens, or cannot be reached. */
export const isConnected = signal(true);

const listeners = new Set<Listener>();
let hasBeenAway = false;

/** Hears what happens in the account, until the answer is called. */
export function listen(listener: Listener): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Follows the account for as long as the page is open: one stream of events, whatever is shown. */
export function follow(): () => void {
  return effect(() => {
    const source = new EventSource(`${CONTROL_PREFIX}events?account=${account.value}`);
    source.addEventListener("ready", () => {
      isConnected.value = true;
      if (hasBeenAway) tell({ type: "missed" });
      hasBeenAway = false;
    });
    source.addEventListener("step", ({ data }: MessageEvent<string>) => tell({ type: "step", step: JSON.parse(data) }));
    source.addEventListener("clock", () => tell({ type: "clock" }));
    source.addEventListener("lost", () => tell({ type: "missed" }));
    source.addEventListener("error", () => {
      isConnected.value = false;
      hasBeenAway = true;
    });
    return () => source.close();
  });
}

function tell(news: News): void {
  for (const listener of [...listeners]) listener(news);
}
