import { type Service, serviceOf } from "../service.ts";
import type { StsOperation } from "./operation.ts";
import { getCallerIdentity } from "./operations/get-caller-identity.ts";
import { stsModel } from "./sts-model.ts";

/** Those operations of the API model that are served. */
type StsOperationName = "GetCallerIdentity";

const table: Readonly<Record<StsOperationName, StsOperation>> = {
  GetCallerIdentity: getCallerIdentity,
};

/** AWS STS, which tells callers who they are. */
export function createStsService(): Service {
  return serviceOf(stsModel, table, (call) => ({ call }));
}
