import { parseIso8601 } from "../../kernel/time/iso8601.ts";

/** Texts for numbers and times, as people read them. */

/** A duration in its two largest units: `2 d 3 h`, `4 min 10 s`. */
export function durationText(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const units = [
    ["d", Math.floor(whole / 86_400)],
    ["h", Math.floor((whole % 86_400) / 3600)],
    ["min", Math.floor((whole % 3600) / 60)],
    ["s", whole % 60],
  ] as const;
  const first = units.findIndex(([, amount]) => amount > 0);
  if (first === -1) return "0 s";
  return units
    .slice(first, first + 2)
    .filter(([, amount]) => amount > 0)
    .map(([unit, amount]) => `${amount} ${unit}`)
    .join(" ");
}

/** How long it is from one instant to another, both in epoch milliseconds: `in 30 s`, `4 min ago`. */
export function distanceText(instant: number, now: number): string {
  const seconds = (instant - now) / 1000;
  if (Math.abs(seconds) < 0.5) return "now";
  return seconds > 0 ? `in ${durationText(seconds)}` : `${durationText(-seconds)} ago`;
}

/** How long ago an instant was that has been: what is known of the time now is a little late. */
export function agoText(instant: number, now: number): string {
  return distanceText(Math.min(instant, now), now);
}

/** So many of something: `1 message`, `3,000 messages`. */
export function counted(count: number, noun: string): string {
  return `${numberText(count)} ${count === 1 ? noun : `${noun}s`}`;
}

/** A number with its thousands apart. */
export function numberText(value: number): string {
  return new Intl.NumberFormat("en").format(value);
}

/** A size in bytes: `3.2 KiB`. */
export function bytesText(bytes: number): string {
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  const power = bytes < 1 ? 0 : Math.min(Math.floor(Math.log2(bytes) / 10), units.length - 1);
  const value = bytes / 1024 ** power;
  return `${power === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[power]}`;
}

/** An instant in the machine's time zone, to the second. */
export function timeText(instant: number): string {
  return new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" }).format(instant);
}

/** Epoch milliseconds of an instant, as routes write one. */
export function parseInstant(text: string): number {
  return parseIso8601(text) ?? 0;
}
