import { base64Of, type MaybeBase64 } from "../../kernel/base64.ts";
import { formatHttpDate, formatIso8601, parseHttpDate, parseIso8601 } from "../../kernel/time/iso8601.ts";
import type { Shape } from "../../model/shape.ts";
import { blobFromText, booleanFromText, doubleFromText, readInstantText, readIntegerText } from "../scalars.ts";

/** How instants are spelled outside the body: in ISO 8601 in paths and query strings, as HTTP dates in headers. */
type InstantFormat = "iso8601" | "httpDate";

const PARSERS = { iso8601: parseIso8601, httpDate: parseHttpDate };
const FORMATTERS = { iso8601: formatIso8601, httpDate: formatHttpDate };

/** The scalar of the shape that the text spells. Throws SerializationException. */
export function readScalar({ kind }: Shape, text: string, format: InstantFormat): unknown {
  switch (kind) {
    case "integer":
    case "long":
      return readIntegerText(kind, text);
    case "double":
      return doubleFromText(text);
    case "boolean":
      return booleanFromText(text);
    case "timestamp":
      return readInstantText(text, PARSERS[format]);
    case "blob":
      return blobFromText(text);
    default:
      return text;
  }
}

/** The text that spells the scalar. */
export function scalarText({ kind }: Shape, value: unknown, format: InstantFormat): string {
  if (kind === "timestamp") return FORMATTERS[format](value as number);
  return kind === "blob" ? base64Of(value as MaybeBase64) : String(value);
}
