import { InvalidParameterValue, ResourceNotFound } from "../../../engine/function/function-errors.ts";
import type { Functions } from "../../../engine/function/functions.ts";
import { type Scope, scopeOf } from "../../../kernel/scope.ts";
import { AccessDenied } from "../errors.ts";
import type { LambdaContext } from "../operation.ts";

/** A name as `name`, `name:qualifier`, or the end of an ARN or all of it, taken apart. */
const PARTS =
  /^(?:arn:[a-zA-Z-]+:lambda:)?(?:([a-z]+(?:-[a-z]+)+-\d):)?(?:(\d{12}):)?(?:function:)?([a-zA-Z0-9-_.]+)(?::([a-zA-Z0-9-_$.]+))?$/;

const LONGEST_NAME = 64;

/** Which function a request is about. */
export interface FunctionAddress {
  readonly scope: Scope;
  readonly name: string;
  /** Undefined when none was given. */
  readonly qualifier: string | undefined;
}

/** What a request says of the function it is about. */
interface Named {
  readonly FunctionName: string;
  readonly Qualifier?: string | undefined;
}

/** The function that a request is about. Throws ResourceNotFound for another region and InvalidParameterValue for two qualifiers. */
function addressOf({ call }: LambdaContext, { FunctionName, Qualifier }: Named): FunctionAddress {
  const [, region = call.scope.region, account = call.scope.account, name = FunctionName, own] =
    PARTS.exec(FunctionName) ?? [];
  if (region !== call.scope.region) {
    throw new ResourceNotFound(`Functions from '${region}' are not reachable in this region ('${call.scope.region}')`);
  }
  if (own !== undefined && Qualifier !== undefined && own !== Qualifier) {
    throw new InvalidParameterValue(
      "The derived qualifier from the function name does not match the specified qualifier.",
    );
  }
  return { scope: scopeOf(account, region), name, qualifier: Qualifier ?? own };
}

/** The functions among which the request's is, and which of them it is. Throws as `addressOf`. */
export function functionAt(context: LambdaContext, named: Named): FunctionAddress & { readonly functions: Functions } {
  const address = addressOf(context, named);
  return { ...address, functions: context.directory.in(address.scope) };
}

/** The name of a function that is to be made. Throws AccessDenied for another account's, and InvalidParameterValue. */
export function newName(context: LambdaContext, FunctionName: string): string {
  const { scope, name, qualifier } = addressOf(context, { FunctionName });
  if (scope.account !== context.call.scope.account) throw new AccessDenied();
  if (name.length > LONGEST_NAME) {
    throw new InvalidParameterValue(
      `1 validation error detected: Value '${FunctionName}' at 'functionName' failed to satisfy constraint: Member must have length less than or equal to ${LONGEST_NAME}`,
    );
  }
  // GAP: AWS's words for it are not known.
  if (qualifier !== undefined) {
    throw new InvalidParameterValue(`A function is created without a qualifier: ${FunctionName}`);
  }
  return name;
}

/** As `functionAt`, of what only functions have. Throws InvalidParameterValue for their versions and aliases. */
export function unqualifiedAt(context: LambdaContext, named: Named) {
  const at = functionAt(context, named);
  if (at.qualifier === undefined) return at;
  throw new InvalidParameterValue(
    "This operation is permitted on Lambda functions only. Aliases and versions do not support this operation. Please specify either a function name or an unqualified function ARN.",
  );
}
