import { ecrModel, ecrOperations } from "../../service/ecr/ecr-model.ts";
import { s3Model, s3Operations } from "../../service/s3/s3-model.ts";
import { ssmModel, ssmOperations } from "../../service/ssm/ssm-model.ts";
import { stsModel, stsOperations } from "../../service/sts/sts-model.ts";
import { lateModule, type Module, type ModuleDeps } from "./module.ts";

/** What deploy tools call beside CloudFormation, each service loaded when it is first called. */
export function lateDeploySupport({ clockOf, ids }: ModuleDeps): readonly Module[] {
  const ssm = lateModule({ model: ssmModel, operations: ssmOperations }, async () => {
    const [{ createSsmService }, { ParameterStore }] = await Promise.all([
      import("../../service/ssm/index.ts"),
      import("../../service/ssm/parameter-store.ts"),
    ]);
    const store = new ParameterStore();
    return { service: createSsmService({ store, clockOf }), stores: [store] };
  });
  const s3 = lateModule({ model: s3Model, operations: s3Operations }, async () => {
    const [{ createS3Service }, { AssetStore }] = await Promise.all([
      import("../../service/s3/index.ts"),
      import("../../service/s3/asset-store.ts"),
    ]);
    const store = new AssetStore();
    return { service: createS3Service({ store, ids, clockOf }), stores: [store] };
  });
  const sts = lateModule({ model: stsModel, operations: stsOperations }, async () => {
    const { createStsService } = await import("../../service/sts/index.ts");
    return { service: createStsService({ ids, clockOf }), stores: [] };
  });
  const ecr = lateModule({ model: ecrModel, operations: ecrOperations }, async () => {
    const { createEcrService } = await import("../../service/ecr/index.ts");
    return { service: createEcrService(), stores: [] };
  });
  return [sts, ssm, s3, ecr];
}
