import type { MessageAttributes } from "../../../kernel/message-attribute.ts";
import { attributeFields } from "./attribute-fields.ts";
import { bodyFields } from "./body-fields.ts";
import type { Fields } from "./fields.ts";

/** What a filter policy looks at. */
export type FilterPolicyScope = "MessageAttributes" | "MessageBody";

/** A message as filter policies see it. Each scope is taken apart once, when a policy first asks for it. */
export class MessageView {
  readonly #attributes: MessageAttributes | undefined;
  readonly #body: string;
  readonly #fields = new Map<FilterPolicyScope, Fields | undefined>();

  constructor(message: { readonly attributes?: MessageAttributes | undefined; readonly body: string }) {
    this.#attributes = message.attributes;
    this.#body = message.body;
  }

  /** The values under their paths, or undefined when no policy of that scope accepts the message. */
  fields(scope: FilterPolicyScope): Fields | undefined {
    if (!this.#fields.has(scope)) this.#fields.set(scope, this.#read(scope));
    return this.#fields.get(scope);
  }

  #read(scope: FilterPolicyScope): Fields | undefined {
    return scope === "MessageBody" ? bodyFields(this.#body) : attributeFields(this.#attributes);
  }
}
