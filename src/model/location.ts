import {
  type BlobShape,
  type BooleanShape,
  type IntegerShape,
  integer,
  type ListShape,
  type MapShape,
  type RequiredMember,
  required,
  type Shape,
  type StringShape,
  type StructureShape,
  type TimestampShape,
} from "./shape.ts";

/**
 * Where REST-JSON finds the members of an input, and puts those of an output. What has no place of its own is in the
 * JSON body.
 *
 *     input: structure({ FunctionName: label(functionName), Qualifier: query("Qualifier", string()), Payload: payload(blob()) })
 */

/** What a single text can spell. */
type TextShape = StringShape | IntegerShape | BooleanShape | TimestampShape;

/** A part of the path, under the member's own name in the template unless said. It is there, or the path is another. */
export function label<S extends TextShape>(shape: S, name?: string): RequiredMember<S> {
  return required({ ...shape, location: "label", ...(name !== undefined && { locationName: name }) });
}

/** A parameter of the query string. A list is the same parameter several times. */
export function query<S extends TextShape | ListShape>(name: string, shape: S): S {
  return { ...shape, location: "query", locationName: name };
}

/** All parameters of the query string, by name, as texts or lists of texts. */
export function queryMap<S extends MapShape>(shape: S): S {
  return { ...shape, location: "queryMap" };
}

/** A header. A list has its items parted by commas. */
export function header<S extends TextShape | ListShape>(name: string, shape: S): S {
  return { ...shape, location: "header", locationName: name };
}

/** All headers whose names begin like that, in lower case, by the rest of their names. */
export function prefixHeaders<S extends MapShape>(prefix: string, shape: S): S {
  return { ...shape, location: "prefixHeaders", locationName: prefix };
}

/** The body as it is: bytes, a text, or one structure in JSON. */
export function payload<S extends BlobShape | StringShape | StructureShape>(shape: S): S {
  return { ...shape, location: "payload" };
}

/** Bytes that an answer may also give piece by piece. */
export function byteStream(
  options: Pick<BlobShape, "mediaType"> = {},
): BlobShape<Uint8Array | AsyncIterable<Uint8Array>> {
  return { kind: "blob", ...options };
}

/** The status of the answer; the contract's own when the operation does not say. */
export function statusCode(): IntegerShape {
  return { ...integer(), location: "statusCode" };
}

/** A member of the JSON body that is called otherwise there. */
export function named<S extends Shape>(name: string, shape: S): S {
  return { ...shape, locationName: name };
}
