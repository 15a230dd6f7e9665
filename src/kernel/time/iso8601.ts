// biome-ignore lint/style/noRestrictedGlobals: a calendar for instants that are handed in; no clock is read here.
const Calendar = Date;

const WITH_ZONE = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/** The instant as AWS prints it in XML and in notifications: `2012-04-26T20:45:04.751Z`. */
export function formatIso8601(instant: number): string {
  return new Calendar(instant).toISOString();
}

/** The instant as HTTP headers show it: `Tue, 15 Nov 1994 08:12:31 GMT`. RFC 9110 §5.6.7 */
export function formatHttpDate(instant: number): string {
  return new Calendar(instant).toUTCString();
}

/** The instant a text such as `2012-04-26T20:45:04Z` stands for, or undefined when it is no such text. */
export function parseIso8601(text: string): number | undefined {
  const instant = WITH_ZONE.test(text) ? Calendar.parse(text) : Number.NaN;
  return Number.isNaN(instant) ? undefined : instant;
}

const HTTP_DATE = /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d(\.\d+)? GMT$/;

/** The instant a text such as `Tue, 15 Nov 1994 08:12:31 GMT` stands for, or undefined when it is no such text. */
export function parseHttpDate(text: string): number | undefined {
  const instant = HTTP_DATE.test(text) ? Calendar.parse(text) : Number.NaN;
  return Number.isNaN(instant) ? undefined : instant;
}
