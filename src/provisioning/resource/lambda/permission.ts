import { physicalName } from "../physical-name.ts";
import { createOnly, flag, required, text } from "../property.ts";
import type { ResourceType } from "../resource-type.ts";
import { given } from "./given.ts";

const LONGEST_ID = 100;

const MEMBERS = {
  Action: createOnly(required(text)),
  FunctionName: createOnly(required(text)),
  Principal: createOnly(required(text)),
  SourceArn: createOnly(text),
  SourceAccount: createOnly(text),
  EventSourceToken: createOnly(text),
  PrincipalOrgID: createOnly(text),
  FunctionUrlAuthType: createOnly(text),
  InvokedViaFunctionUrl: createOnly(flag),
};

/** AWS::Lambda::Permission. Ref returns the id of its statement; whatever changes makes another one. */
export const permission: ResourceType = {
  properties: MEMBERS,
  attributes: ["Id"],
  identifier: "Id",
  async create(context, { properties }) {
    const StatementId = physicalName(context, { maxLength: LONGEST_ID });
    await context.operate("lambda AddPermission", { ...given(properties, Object.keys(MEMBERS)), StatementId });
    return { physicalId: StatementId, attributes: { Id: StatementId } };
  },
  update: async (_context, { physicalId, attributes }) => ({ physicalId, attributes }),
  async delete(context, { physicalId: StatementId, properties: { FunctionName = "" } }) {
    await context.operate("lambda RemovePermission", { FunctionName, StatementId });
  },
};
