import { ecrModel, ecrOperations } from "../../service/ecr/ecr-model.ts";
import type { AssetStore } from "../../service/s3/asset-store.ts";
import { s3Model, s3Operations } from "../../service/s3/s3-model.ts";
import type { ParameterStore } from "../../service/ssm/parameter-store.ts";
import { ssmModel, ssmOperations } from "../../service/ssm/ssm-model.ts";
import { stsModel, stsOperations } from "../../service/sts/sts-model.ts";
import { LateStore } from "./late-store.ts";
import { lateModule, type Module, type ModuleDeps } from "./module.ts";

/** What deploy tools call beside CloudFormation, and what it remembers. */
export interface DeploySupport {
  readonly modules: readonly Module[];
  readonly parameters: LateStore<ParameterStore>;
  readonly assets: LateStore<AssetStore>;
}

/** What deploy tools call beside CloudFormation, each service loaded when it is first called. */
export function lateDeploySupport({ clockOf, ids }: ModuleDeps): DeploySupport {
  const parameters = new LateStore(async () => {
    const { ParameterStore } = await import("../../service/ssm/parameter-store.ts");
    return new ParameterStore();
  });
  const assets = new LateStore(async () => {
    const { AssetStore } = await import("../../service/s3/asset-store.ts");
    return new AssetStore();
  });
  const ssm = lateModule({ model: ssmModel, operations: ssmOperations }, async () => {
    const [{ createSsmService }, store] = await Promise.all([import("../../service/ssm/index.ts"), parameters.load()]);
    return { service: createSsmService({ store, clockOf }), stores: [] };
  });
  const s3 = lateModule({ model: s3Model, operations: s3Operations }, async () => {
    const [{ createS3Service }, store] = await Promise.all([import("../../service/s3/index.ts"), assets.load()]);
    return { service: createS3Service({ store, ids, clockOf }), stores: [] };
  });
  const sts = lateModule({ model: stsModel, operations: stsOperations }, async () => {
    const { createStsService } = await import("../../service/sts/index.ts");
    return { service: createStsService({ ids, clockOf }), stores: [] };
  });
  const ecr = lateModule({ model: ecrModel, operations: ecrOperations }, async () => {
    const { createEcrService } = await import("../../service/ecr/index.ts");
    return { service: createEcrService(), stores: [] };
  });
  return { modules: [sts, { ...ssm, stores: [parameters] }, { ...s3, stores: [assets] }, ecr], parameters, assets };
}
