/** A message attribute as sent. Text for String and Number types, bytes for Binary ones. */
export interface MessageAttribute {
  /** `String`, `Number` or `Binary`, with its custom label if it has one. */
  readonly dataType: string;
  readonly value: string | Uint8Array;
}

export type MessageAttributes = Readonly<Record<string, MessageAttribute>>;
