import { formatIso8601 } from "./iso8601.ts";

const DAY_MS = 24 * 60 * 60_000;
/** The days of the week from that of the epoch on. */
const DAYS = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** An instant as Java prints it by itself: `Thu Jan 22 01:22:02 UTC 2015`. */
export function javaDate(epochMs: number): string {
  const [date = "", time = ""] = formatIso8601(epochMs).split("T");
  const [year, month, day] = date.split("-");
  const weekday = DAYS[Math.floor(epochMs / DAY_MS) % DAYS.length];
  return `${weekday} ${MONTHS[Number(month) - 1]} ${day} ${time.slice(0, 8)} UTC ${year}`;
}
