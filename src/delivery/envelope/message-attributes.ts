import type { MessageAttributes } from "../../kernel/message-attribute.ts";
import type { Member } from "./document.ts";

/** The attributes as envelopes show them: text whatever their type, bytes in base64. */
export function attributeMembers(
  attributes: MessageAttributes,
  typeOf: (dataType: string) => string = (dataType) => dataType,
): Member[] {
  return Object.entries(attributes).map(([name, { dataType, value }]) => {
    const text = typeof value === "string" ? value : Buffer.from(value).toString("base64");
    return [name, JSON.stringify({ Type: typeOf(dataType), Value: text })];
  });
}
