import { present } from "../kernel/present.ts";

/** Of the name of a message attribute. SQS and SNS developer guides, message attributes. */
export const MAX_NAME_BYTES = 256;

/** A message attribute on its way in; parts may be missing, since batches are measured before their entries are checked. */
interface SizedAttribute {
  readonly DataType?: string | undefined;
  readonly StringValue?: string | undefined;
  readonly BinaryValue?: Uint8Array | undefined;
}

/** What message attributes count towards the limits of a message: name, type and value of each, in bytes. */
export function attributeBytes(attributes: Readonly<Record<string, SizedAttribute>> | undefined): number {
  let bytes = 0;
  for (const name in attributes) {
    const { DataType = "", StringValue, BinaryValue } = present(attributes[name], "an attribute by its name");
    bytes += Buffer.byteLength(name) + Buffer.byteLength(DataType);
    bytes += StringValue === undefined ? (BinaryValue?.length ?? 0) : Buffer.byteLength(StringValue);
  }
  return bytes;
}
