import { formatIso8601 } from "../../kernel/time/iso8601.ts";

/** The part of an object's key that says when it was made: `2026/01/31/2026-01-31T23.59.59`. AWS: as Lambda writes it. */
export function dayAndTime(at: number): string {
  const [day = "", time = ""] = formatIso8601(at).slice(0, "YYYY-MM-DDTHH:MM:SS".length).split("T");
  return `${day.replaceAll("-", "/")}/${day}T${time.replaceAll(":", ".")}`;
}
