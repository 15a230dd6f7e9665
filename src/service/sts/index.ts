import { type Service, serviceOf } from "../service.ts";
import type { StsOperation } from "./operation.ts";
import { getCallerIdentity } from "./operations/get-caller-identity.ts";
import { stsModel, type stsOperations } from "./sts-model.ts";

const table: Readonly<Record<(typeof stsOperations)[number]["name"], StsOperation>> = {
  GetCallerIdentity: getCallerIdentity,
};

/** AWS STS, which tells callers who they are. */
export function createStsService(): Service {
  return serviceOf(stsModel, table, (call) => ({ call }));
}
