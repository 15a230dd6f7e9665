import { SerializationException } from "../errors.ts";

/** The parameters of a query string, each with its values in the order they came. Throws SerializationException. */
export function queryParameters(query: string): ReadonlyMap<string, readonly string[]> {
  const parameters = new Map<string, string[]>();
  for (const part of query.split("&")) {
    if (part === "") continue;
    const equals = part.indexOf("=");
    const name = unescapedQuery(equals < 0 ? part : part.slice(0, equals));
    const value = equals < 0 ? "" : unescapedQuery(part.slice(equals + 1));
    const values = parameters.get(name);
    if (values === undefined) parameters.set(name, [value]);
    else values.push(value);
  }
  return parameters;
}

function unescapedQuery(text: string): string {
  return unescapedText(text.replaceAll("+", " "));
}

/**
 * The text with its percent-escapes undone. Throws SerializationException for what is no UTF-8 or no escape. GAP: AWS's
 * words for that are not known.
 */
export function unescapedText(text: string): string {
  if (!text.includes("%")) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    throw new SerializationException("");
  }
}
