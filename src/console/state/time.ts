import { effect, signal } from "@preact/signals";
import type { AnswerAt } from "../../testing/control-table.ts";
import { control } from "../api/control.ts";
import { listen } from "../api/live.ts";
import { every, machineNow } from "../browser/timing.ts";
import { parseInstant } from "../part/words.ts";
import { account } from "./place.ts";

type ClockState = AnswerAt<"GET", "clock">;

/** The clock of the account as the server told it, and when it did, by the machine's clock. */
const told = signal<{ readonly clock: ClockState; readonly at: number } | undefined>(undefined);

/** Epoch milliseconds of the account's time; it goes on by seconds, and stands while that is frozen. */
export const now = signal(machineNow());

/** Whether the account's time stands; undefined until that is known. */
export const isFrozen = signal<boolean | undefined>(undefined);

/** Takes what a route said of the clock. */
export function setClock(clock: ClockState): void {
  told.value = { clock, at: machineNow() };
  isFrozen.value = clock.isFrozen;
  tick();
}

/** Asks the server for the account's time. */
async function readClock(): Promise<void> {
  const asked = account.peek();
  const clock = await control.call("GET", "clock", { account: asked });
  if (asked === account.peek()) setClock(clock);
}

/** Milliseconds of the account's time until an instant, which are those of the machine's unless it stands. */
export function msUntil(instant: string): number {
  return Math.max(0, parseInstant(instant) - exactNow());
}

/** Keeps the time for as long as the page is open. */
export function keepTime(): () => void {
  const refresh = (): void => void readClock().catch(() => {}); // what cannot be reached says so elsewhere
  const ends = [
    effect(() => {
      account.value;
      refresh();
    }),
    every(250, tick),
    listen((news) => {
      if (news.type !== "step") refresh();
      else if (Math.abs(parseInstant(news.step.at) - exactNow()) > LARGEST_LAG_MS) refresh();
    }),
  ];
  return () => {
    for (const end of ends) end();
  };
}

/** What a step may be late before the clock counts as moved. */
const LARGEST_LAG_MS = 1500;

function exactNow(): number {
  const { clock, at } = told.peek() ?? {};
  if (clock === undefined || at === undefined) return machineNow();
  return parseInstant(clock.time) + (clock.isFrozen ? 0 : machineNow() - at);
}

function tick(): void {
  const exact = exactNow();
  // Whoever shows the time is drawn again no more often than it says something else.
  now.value = isFrozen.peek() === true ? exact : Math.floor(exact / 1000) * 1000;
}
