import { nearestName } from "../../kernel/nearest-name.ts";
import { isAccountId } from "../../kernel/scope.ts";

/** How much of a name that is none is shown to whoever sent it. */
const LONGEST_SHOWN = 64;

/** Query parameters that are there, each once. */
export type Parameters<Name extends string> = { readonly [K in Name]?: string };

/**
 * The parameters of those names, or what is wrong with them, as a sentence. There are no others: a misspelt one would
 * have a request do more, or to somebody else, than was meant.
 */
export function readParameters<Name extends string>(
  query: unknown,
  names: readonly Name[],
): Parameters<Name> | { readonly complaint: string } {
  const given = Object.entries(query ?? {});
  for (const [name, value] of given) {
    if (!names.some((known) => known === name)) return { complaint: strangerText(name, names) };
    if (typeof value !== "string") return { complaint: `There can be one ${name} only.` };
    if (name === "account" && !isAccountId(value)) return { complaint: "An account id has 12 digits." };
  }
  return Object.fromEntries(given) as Parameters<Name>;
}

/** The plus of a phone number means a blank in a query string, and is easily forgotten to be escaped. */
export function phoneNumber(text: string): string {
  return text.replace(/^ (?=\d)/, "+");
}

function strangerText(name: string, names: readonly string[]): string {
  const stranger = `There is no parameter ${JSON.stringify(name.slice(0, LONGEST_SHOWN))} here`;
  const nearest = nearestName(name, names);
  if (nearest !== undefined) return `${stranger}; did you mean ${nearest}?`;
  return names.length === 0 ? `${stranger}, nor any other.` : `${stranger}; there are ${names.join(", ")}.`;
}
