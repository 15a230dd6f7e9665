import { type Service, serviceOf } from "../service.ts";
import type { StsDeps, StsOperation } from "./operation.ts";
import { assumeRole } from "./operations/assume-role.ts";
import { getCallerIdentity } from "./operations/get-caller-identity.ts";
import { stsModel, type stsOperations } from "./sts-model.ts";

const table: Readonly<Record<(typeof stsOperations)[number]["name"], StsOperation>> = {
  AssumeRole: assumeRole,
  GetCallerIdentity: getCallerIdentity,
};

/** AWS STS, which tells callers who they are. */
export function createStsService({ ids, clockOf }: StsDeps): Service {
  return serviceOf(stsModel, table, (call) => ({ call, ids, clockOf }));
}
