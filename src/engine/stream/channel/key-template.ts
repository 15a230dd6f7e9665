/** What AWS fills in, in object keys. Kinesis developer guide, S3 output key template. */
const VARIABLES = ["channel-name", "channel-id", "stream-name", "yyyy", "yy", "MM", "dd", "HH", "mm"] as const;

export type KeyVariable = (typeof VARIABLES)[number];

/** A piece of a template: as it stands, to be filled in, or the file's extension, which can be given in the template. */
type KeyPart =
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "variable"; readonly variable: KeyVariable }
  | { readonly type: "extension"; readonly extension: string | undefined };

/** AWS: where a channel that names no template puts its objects. */
export const DEFAULT_KEY_TEMPLATE =
  "kinesis-channel/!{channel-name}/!{channel-id}/!{yyyy}/!{MM}/!{dd}/!{HH}/!{channel-name}-!{channel-id}-!{yyyy}-!{MM}-!{dd}-!{HH}-!{mm}!{extension}";

const PLACEHOLDER = /(!\{[^{}]*\})/;

/** The pieces of a template in their order, or undefined when it has a placeholder that nothing is known to fill. */
export function parseKeyTemplate(template: string): readonly KeyPart[] | undefined {
  const pieces = template.split(PLACEHOLDER).filter((piece) => piece !== "");
  const parts = pieces.map(partOf);
  return parts.every((part) => part !== undefined) ? parts : undefined;
}

function partOf(piece: string): KeyPart | undefined {
  if (!PLACEHOLDER.test(piece)) return piece.includes("!{") ? undefined : { type: "text", text: piece };
  const name = piece.slice(2, -1);
  if (name === "extension") return { type: "extension", extension: undefined };
  if (name.startsWith("extension:")) return { type: "extension", extension: name.slice("extension:".length) };
  const variable = VARIABLES.find((candidate) => candidate === name);
  return variable && { type: "variable", variable };
}
