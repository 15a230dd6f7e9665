import type { PlainMap } from "../../../engine/function/function.ts";
import { InvalidParameterValue } from "../../../engine/function/function-errors.ts";
import type { Statement } from "../../../engine/function/policies.ts";
import { parseArn } from "../../../kernel/arn.ts";
import { isAccountId } from "../../../kernel/scope.ts";

/** Who is permitted what, as AddPermission takes it. */
interface Permission {
  readonly StatementId: string;
  readonly Action: string;
  readonly Principal: string;
  readonly SourceArn?: string | undefined;
  readonly SourceAccount?: string | undefined;
  readonly EventSourceToken?: string | undefined;
  readonly PrincipalOrgID?: string | undefined;
  readonly FunctionUrlAuthType?: string | undefined;
  readonly InvokedViaFunctionUrl?: boolean | undefined;
}

/** The only action for which it is told how who calls a function URL is known. */
const URL_ACTION = "lambda:InvokeFunctionUrl";

/** A service of AWS, `sns.amazonaws.com`, in any partition. */
const SERVICE = /^[a-z0-9-]+(?:\.[a-z0-9-]+)*\.amazon(?:aws)?\.com(?:\.cn)?$/;

/** The permission as a statement of a policy. Throws InvalidParameterValue for what contradicts, and for a principal that is none. AWS: in this order. */
export function statementOf(permission: Permission, resource: string, partition: string): Statement {
  const condition = conditionOf(permission);
  return {
    Sid: permission.StatementId,
    Effect: "Allow",
    Principal: principalOf(permission.Principal, partition),
    Action: permission.Action,
    Resource: resource,
    ...(Object.keys(condition).length > 0 && { Condition: condition }),
  };
}

function principalOf(principal: string, partition: string): string | PlainMap {
  if (principal === "*") return "*";
  if (isAccountId(principal)) return { AWS: `arn:${partition}:iam::${principal}:root` };
  if (parseArn(principal) !== undefined) return { AWS: principal };
  if (SERVICE.test(principal)) return { Service: principal };
  throw new InvalidParameterValue("The provided principal was invalid. Please check the principal and try again.");
}

function conditionOf(permission: Permission): PlainMap {
  const { SourceArn, SourceAccount, EventSourceToken, PrincipalOrgID, FunctionUrlAuthType } = permission;
  const { Action, InvokedViaFunctionUrl } = permission;
  if (FunctionUrlAuthType !== undefined && Action !== URL_ACTION) {
    throw new InvalidParameterValue(`FunctionUrlAuthType is only supported for ${URL_ACTION} action`);
  }
  const equals = {
    ...(SourceAccount !== undefined && { "AWS:SourceAccount": SourceAccount }),
    ...(EventSourceToken !== undefined && { "lambda:EventSourceToken": EventSourceToken }),
    ...(PrincipalOrgID !== undefined && { "aws:PrincipalOrgID": PrincipalOrgID }),
    ...(FunctionUrlAuthType !== undefined && { "lambda:FunctionUrlAuthType": FunctionUrlAuthType }),
  };
  return {
    ...(Object.keys(equals).length > 0 && { StringEquals: equals }),
    ...(SourceArn !== undefined && { ArnLike: { "AWS:SourceArn": SourceArn } }),
    ...(InvokedViaFunctionUrl !== undefined && {
      Bool: { "lambda:InvokedViaFunctionUrl": String(InvokedViaFunctionUrl) },
    }),
  };
}
