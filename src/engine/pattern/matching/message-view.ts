import type { MessageAttributes } from "../../../kernel/message-attribute.ts";
import { attributeFields } from "./attribute-fields.ts";
import { bodyFields } from "./body-fields.ts";
import { FieldCollector, type Fields } from "./fields.ts";

/** What a filter policy looks at. */
export type FilterPolicyScope = "MessageAttributes" | "MessageBody";

/** A message as filter policies see it. Each scope is taken apart once, when a policy first asks for it. */
export class MessageView {
  readonly #attributes: MessageAttributes | undefined;
  readonly #body: string;
  #attributeFields: Fields | undefined;
  #bodyFields: Fields | undefined;

  constructor(message: { readonly attributes?: MessageAttributes | undefined; readonly body: string }) {
    this.#attributes = message.attributes;
    this.#body = message.body;
  }

  /** The values under their paths, or undefined when no policy of that scope accepts the message. */
  fields(scope: FilterPolicyScope): Fields | undefined {
    const fields = scope === "MessageBody" ? this.#fieldsOfBody() : this.#fieldsOfAttributes();
    return fields === NONE ? undefined : fields;
  }

  #fieldsOfAttributes(): Fields {
    this.#attributeFields ??= attributeFields(this.#attributes) ?? NONE;
    return this.#attributeFields;
  }

  #fieldsOfBody(): Fields {
    this.#bodyFields ??= bodyFields(this.#body) ?? NONE;
    return this.#bodyFields;
  }
}

/** Where a message was taken apart and no policy of that scope accepts it. */
const NONE: Fields = new FieldCollector();
