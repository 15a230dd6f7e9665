/** How lines of the log are written. `auto` is text where standard error is a terminal, JSON where it is read by programs. */
export const logFormats = ["auto", "text", "json"] as const;

export type LogFormat = (typeof logFormats)[number];
