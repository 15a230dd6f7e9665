import { isAccountId } from "../../kernel/scope.ts";

/** Query parameters that are there, each once. */
export type Parameters<Name extends string> = { readonly [K in Name]?: string };

/** The parameters of those names, or what is wrong with them, as a sentence. Others are ignored. */
export function readParameters<Name extends string>(
  query: unknown,
  names: readonly Name[],
): Parameters<Name> | { readonly complaint: string } {
  const given = Object.entries(query ?? {}).filter((entry): entry is [Name, unknown] =>
    names.some((name) => name === entry[0]),
  );
  for (const [name, value] of given) {
    if (typeof value !== "string") return { complaint: `There can be one ${name} only.` };
    if (name === "account" && !isAccountId(value)) return { complaint: "An account id has 12 digits." };
  }
  return Object.fromEntries(given) as Parameters<Name>;
}

/** The plus of a phone number means a blank in a query string, and is easily forgotten to be escaped. */
export function phoneNumber(text: string): string {
  return text.replace(/^ (?=\d)/, "+");
}
