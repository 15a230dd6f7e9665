import type { MessageAttributes } from "../../../kernel/message-attribute.ts";
import type { Member } from "./document.ts";
import { hashOrdered } from "./hash-order.ts";

/**
 * The attributes as envelopes show them: text whatever their type, bytes in base64. AWS does not keep the order of the
 * request: `attr2` was recorded before `attr1`, which is where a HashMap has them.
 */
export function attributeMembers(
  attributes: MessageAttributes,
  typeOf: (dataType: string) => string = (dataType) => dataType,
): Member[] {
  return hashOrdered(Object.entries(attributes)).map(([name, { dataType, value }]) => {
    const text = typeof value === "string" ? value : Buffer.from(value).toString("base64");
    return [name, JSON.stringify({ Type: typeOf(dataType), Value: text })];
  });
}
