import type { Base64 } from "../kernel/base64.ts";
import type { MaybePassedText } from "../kernel/utf8.ts";

/**
 * The vocabulary in which operations describe their input and output. A shape carries what the wire formats need
 * (kind, names) and what the checker needs (constraints); the TypeScript type follows from it.
 */

/** REST-JSON: where the member of that shape stands, unless it is in the JSON body. */
export type Location = "label" | "query" | "queryMap" | "header" | "prefixHeaders" | "payload" | "statusCode";

/** What all shapes have. */
interface Typed<T> {
  /** Carries a TypeScript type along with a shape. Never present at run time. */
  readonly type?: T;
  readonly location?: Location;
  /** REST-JSON: the member's name where it stands, unless it is its own; of `prefixHeaders`, the prefix. */
  readonly locationName?: string;
}

/** What tells whether a text has a form: a regular expression, or something quicker. */
export interface TextPattern {
  test(text: string): boolean;
}

export interface StringShape<T = unknown> extends Typed<T> {
  readonly kind: "string";
  /** Length in characters. */
  readonly min?: number;
  readonly max?: number;
  /** Must match the whole value. */
  readonly pattern?: TextPattern;
  readonly values?: readonly string[];
  /** REST-JSON: the content type of a payload; `text/plain` unless said. */
  readonly mediaType?: string;
}

export interface IntegerShape extends Typed<number> {
  readonly kind: "integer" | "long";
  readonly min?: number;
  readonly max?: number;
}

export interface DoubleShape extends Typed<number> {
  readonly kind: "double";
  readonly min?: number;
  readonly max?: number;
}

export interface BooleanShape extends Typed<boolean> {
  readonly kind: "boolean";
}

export interface BlobShape<T = unknown> extends Typed<T> {
  readonly kind: "blob";
  /** Whether bytes that came in base64 may stay so. */
  readonly mayBeBase64?: boolean;
  /** Length in bytes. */
  readonly min?: number;
  readonly max?: number;
  /** REST-JSON: the content type of a payload; `application/octet-stream` unless said. */
  readonly mediaType?: string;
}

/** Epoch milliseconds inside; each protocol has its own spelling of an instant. */
export interface TimestampShape extends Typed<number> {
  readonly kind: "timestamp";
}

export interface ListShape<T = unknown> extends Typed<readonly T[]> {
  readonly kind: "list";
  readonly item: Shape;
  readonly min?: number;
  readonly max?: number;
  /** Query protocol: the name its items go by when the list is flattened. Otherwise they stand under `member`. */
  readonly flatName?: string;
}

export interface MapShape<T = unknown> extends Typed<Readonly<Record<string, T>>> {
  readonly kind: "map";
  readonly key: StringShape;
  readonly value: Shape;
  /** Whether messages must not show it. */
  readonly isSecret?: boolean;
  readonly min?: number;
  readonly max?: number;
  /** Query protocol: the name its entries go by when the map is flattened. Otherwise they stand under `entry`. */
  readonly flatName?: string;
  /** Query protocol: what an entry calls its key and its value. */
  readonly keyName: string;
  readonly valueName: string;
}

export interface StructureShape<T = unknown> extends Typed<T> {
  readonly kind: "structure";
  readonly members: Members;
}

export type Shape =
  | StringShape
  | IntegerShape
  | DoubleShape
  | BooleanShape
  | BlobShape
  | TimestampShape
  | ListShape
  | MapShape
  | StructureShape;

/** A structure's member that has to be there. */
export interface RequiredMember<S extends Shape = Shape> {
  readonly isRequired: true;
  readonly shape: S;
}

export type Members = Readonly<Record<string, Shape | RequiredMember>>;

/** The TypeScript type a shape describes. */
export type Infer<S> = S extends RequiredMember<infer R> ? Infer<R> : S extends Typed<infer T> ? T : never;

type RequiredNames<M> = { [K in keyof M]: M[K] extends RequiredMember ? K : never }[keyof M];

type InferMembers<M> = { readonly [K in RequiredNames<M>]: Infer<M[K]> } & {
  readonly [K in Exclude<keyof M, RequiredNames<M>>]?: Infer<M[K]> | undefined;
};

export function string(constraints: Omit<StringShape, "kind" | "type"> = {}): StringShape<string> {
  return { kind: "string", ...constraints };
}

/** A text of an answer that need not be a string. */
export function passedString(): StringShape<MaybePassedText> {
  return { kind: "string" };
}

export function integer(constraints: Omit<IntegerShape, "kind" | "type"> = {}): IntegerShape {
  return { kind: "integer", ...constraints };
}

export function long(constraints: Omit<IntegerShape, "kind" | "type"> = {}): IntegerShape {
  return { kind: "long", ...constraints };
}

export function double(constraints: Omit<DoubleShape, "kind" | "type"> = {}): DoubleShape {
  return { kind: "double", ...constraints };
}

export function boolean(): BooleanShape {
  return { kind: "boolean" };
}

export function blob(constraints: Omit<BlobShape, "kind" | "type"> = {}): BlobShape<Uint8Array> {
  return { kind: "blob", ...constraints };
}

/** A blob that is left in base64 where it came so, for whoever gives it back as it was. */
export function passedBlob(
  constraints: Omit<BlobShape, "kind" | "type" | "mayBeBase64"> = {},
): BlobShape<Uint8Array | Base64> {
  return { kind: "blob", mayBeBase64: true, ...constraints };
}

export function timestamp(): TimestampShape {
  return { kind: "timestamp" };
}

export function list<S extends Shape>(
  item: S,
  options: Omit<ListShape, "kind" | "item" | "type"> = {},
): ListShape<Infer<S>> {
  return { kind: "list", item, ...options };
}

export function map<S extends Shape>(
  value: S,
  options: Partial<Omit<MapShape, "kind" | "value" | "type">> = {},
): MapShape<Infer<S>> {
  return { kind: "map", key: string(), value, keyName: "key", valueName: "value", ...options };
}

export function structure<const M extends Members>(members: M): StructureShape<InferMembers<M>> {
  return { kind: "structure", members };
}

export function required<S extends Shape>(shape: S): RequiredMember<S> {
  return { isRequired: true, shape };
}

/** The shape of a member, whether it is required or not. */
export function shapeOf(member: Shape | RequiredMember): Shape {
  return "isRequired" in member ? member.shape : member;
}

export function isRequired(member: Shape | RequiredMember): boolean {
  return "isRequired" in member;
}

/** What REST-JSON calls a member in a JSON body. */
export function bodyNameOf(name: string, { location, locationName }: Shape): string {
  return location === undefined ? (locationName ?? name) : name;
}
