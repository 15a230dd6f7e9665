import { strangerText } from "../kernel/nearest-name.ts";
import { WaystationError } from "./waystation-error.ts";

/** Misspelt options would have a method do something else without a word. Throws WaystationError. */
export function refuseStrangers(options: object, names: readonly string[]): void {
  const text = strangerText("option", Object.keys(options), names);
  if (text !== undefined) throw new WaystationError(400, `${text}.`.replace("?.", "?"));
}

/** The name of something, which programs without types may have forgotten. Throws WaystationError. */
export function nameGiven(noun: string, name: unknown): string {
  if (typeof name === "string" && name !== "") return name;
  throw new WaystationError(
    400,
    `A ${noun} is given by its name or ARN, not by ${JSON.stringify(name) ?? typeof name}.`,
  );
}
