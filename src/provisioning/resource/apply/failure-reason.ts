import { AwsError } from "../../../kernel/aws-error.ts";
import type { Ids } from "../../../kernel/ids.ts";
import { TemplateError } from "../../template/template-error.ts";
import { type HandlerErrorCode, ResourceFailure } from "../resource-type.ts";

/** Properties that a resource cannot have. */
export class PropertyFailure extends Error {
  override readonly name = "PropertyFailure";
}

/** Whose failure it is. */
interface Failing {
  /** As AWS's handlers name the service. */
  readonly service: string;
  /** Whether CloudFormation made it itself. */
  readonly isOwn: boolean;
}

/** Why a resource could not be made or changed, as its event tells. Rethrows what is our own mistake. */
export function failureReason(cause: unknown, { service, isOwn }: Failing, ids: Ids): string {
  if (cause instanceof TemplateError || cause instanceof PropertyFailure) return cause.message;
  if (!(cause instanceof AwsError || cause instanceof ResourceFailure)) throw cause;
  if (isOwn) return cause.message;
  if (cause instanceof ResourceFailure) {
    return cause.code === undefined ? cause.message : handlerMessage(cause.message, cause.code, ids);
  }
  const details = `(Service: ${service}, Status Code: ${cause.status}, Request ID: ${ids.uuid()})`;
  return handlerMessage(`${cause.message} ${details}`, codeOf(cause), ids);
}

/** What CloudFormation itself tells of a call that another service refused, in the words of the SDK it makes it by. */
export function refusedCall(cause: unknown, service: string, ids: Ids): unknown {
  if (!(cause instanceof AwsError)) return cause;
  const { message, status, queryCode } = cause;
  const details = `Service: ${service}; Status Code: ${status}; Error Code: ${queryCode}; Request ID: ${ids.uuid()}; Proxy: null`;
  return new ResourceFailure(codeOf(cause), `${message} (${details})`);
}

function handlerMessage(message: string, code: HandlerErrorCode, ids: Ids): string {
  return `Resource handler returned message: "${message}" (RequestToken: ${ids.uuid()}, HandlerErrorCode: ${code})`;
}

/** AWS: each handler translates the errors of its service. */
function codeOf({ shape, status, message }: AwsError): HandlerErrorCode {
  if (/NotFound|DoesNotExist|^NoSuch/.test(shape)) return "NotFound";
  if (/Exists|InUse|AlreadyOwned/.test(shape)) return "AlreadyExists";
  // Lambda has one error for what is there already and for what is being changed.
  if (/Conflict/.test(shape)) return /already exist/.test(message) ? "AlreadyExists" : "ResourceConflict";
  if (/Limit/.test(shape)) return "ServiceLimitExceeded";
  return status < 500 ? "InvalidRequest" : "GeneralServiceException";
}

/** Whether it says that something is not there. */
export function isMissing(cause: unknown): boolean {
  if (cause instanceof AwsError) return codeOf(cause) === "NotFound";
  return cause instanceof ResourceFailure && cause.code === "NotFound";
}
