import { present } from "../../kernel/present.ts";
import type { Service } from "../service.ts";
import type { StsOperation } from "./operation.ts";
import { getCallerIdentity } from "./operations/get-caller-identity.ts";
import { stsModel } from "./sts-model.ts";

/** Those operations of the API model that are served. */
type StsOperationName = "GetCallerIdentity";

const table: Readonly<Record<StsOperationName, StsOperation>> = {
  GetCallerIdentity: getCallerIdentity,
};

const operations: ReadonlyMap<string, StsOperation> = new Map(Object.entries(table));

/** AWS STS, which tells callers who they are. */
export function createStsService(): Service {
  return {
    model: stsModel,
    operations,
    invoke: (name, input, call) => present(operations.get(name), "an operation of the table").run({ call }, input),
  };
}
