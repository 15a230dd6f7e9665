import { effect, signal } from "@preact/signals";
import { CONTROL_PREFIX } from "../../kernel/own-traffic.ts";
import { after } from "../browser/timing.ts";
import { account } from "../state/place.ts";
import type { Answer } from "./control.ts";

/** Something that happened, as the history tells it. */
export type Step = Answer<"history">["steps"][number];

/** What is told as it happens: a step, or that something was missed and has to be asked for. */
type News = { readonly type: "step"; readonly step: Step } | { readonly type: "missed" } | { readonly type: "clock" };

type Listener = (news: News) => void;

/** Whether the server tells what happens, or cannot be reached. */
export const isConnected = signal(true);

/** A page that was out of sight for so long hears nothing until it is seen again: browsers have few connections to one server. */
const OUT_OF_SIGHT_MS = 30_000;
/** What was refused is tried again after so long. */
const RETRY_MS = 3000;

const listeners = new Set<Listener>();
const isWatched = signal(true);
/** Grows with each new try. */
const turn = signal(0);
let hasBeenAway = false;

/** Hears what happens in the account, until the answer is called. */
export function listen(listener: Listener): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Follows the account for as long as the page is open and in sight: one stream of events, whatever is shown. */
export function follow(): () => void {
  const ends = [
    watchSight(),
    effect(() => {
      turn.value;
      if (isWatched.value) return open(account.value);
      hasBeenAway = true;
      return undefined;
    }),
  ];
  return () => {
    for (const end of ends) end();
  };
}

/** Opens the stream of events of an account; the answer closes it. */
function open(owner: string): () => void {
  let cancelRetry = (): void => {};
  const source = new EventSource(`${CONTROL_PREFIX}events?account=${owner}`);
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
    // Browsers try again by themselves unless the server answered something else.
    if (source.readyState === EventSource.CLOSED) cancelRetry = after(RETRY_MS, () => turn.value++);
  });
  return () => {
    cancelRetry();
    source.close();
  };
}

function watchSight(): () => void {
  let cancel = (): void => {};
  const leave = (): void => {
    isWatched.value = false;
  };
  const look = (): void => {
    cancel();
    if (document.visibilityState === "visible") isWatched.value = true;
    else cancel = after(OUT_OF_SIGHT_MS, leave);
  };
  document.addEventListener("visibilitychange", look);
  return () => {
    cancel();
    document.removeEventListener("visibilitychange", look);
  };
}

function tell(news: News): void {
  for (const listener of [...listeners]) listener(news);
}
