import { createOnly, text, whole } from "../property.ts";
import type { ResourceType } from "../resource-type.ts";

/** AWS::CloudFormation::WaitConditionHandle. Ref returns the URL to which signals are put. */
export const waitConditionHandle: ResourceType = {
  properties: {},
  takesAny: true,
  attributes: [],
  create: async ({ callbacks }) => ({ physicalId: callbacks.open(), attributes: {} }),
  update: async (_context, { physicalId, attributes }) => ({ physicalId, attributes }),
  delete: async ({ callbacks }, { physicalId }) => callbacks.close(physicalId),
};

/** AWS::CloudFormation::WaitCondition. It is there once so many signals have come to its handle. */
export const waitCondition: ResourceType = {
  properties: { Handle: createOnly(text), Timeout: createOnly(whole), Count: createOnly(whole) },
  attributes: ["Data"],
  isOwn: true,
  async create({ callbacks, stack, logicalId }, { properties }) {
    const { Handle, Timeout = 0, Count = 1 } = properties;
    const wanted = { count: Number(Count), timeoutMs: Number(Timeout) * 1000 };
    const signals = Handle === undefined ? [] : await callbacks.answersAt(String(Handle), wanted);
    const data = signals.map(({ UniqueId, Data }, index) => [String(UniqueId ?? index), Data ?? ""] as const);
    return { physicalId: `${stack.id}/${logicalId}`, attributes: { Data: JSON.stringify(Object.fromEntries(data)) } };
  },
  update: async (_context, { physicalId, attributes }) => ({ physicalId, attributes }),
  delete: async () => {},
};
