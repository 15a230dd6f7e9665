import { type Service, serviceOf } from "../service.ts";
import type { SsmDeps, SsmOperation } from "./operation.ts";
import { addTagsToResource } from "./operations/add-tags-to-resource.ts";
import { deleteParameter } from "./operations/delete-parameter.ts";
import { deleteParameters } from "./operations/delete-parameters.ts";
import { getParameter } from "./operations/get-parameter.ts";
import { getParameters } from "./operations/get-parameters.ts";
import { getParametersByPath } from "./operations/get-parameters-by-path.ts";
import { listTagsForResource } from "./operations/list-tags-for-resource.ts";
import { putParameter } from "./operations/put-parameter.ts";
import { removeTagsFromResource } from "./operations/remove-tags-from-resource.ts";
import { ssmModel, type ssmOperations } from "./ssm-model.ts";

const table: Readonly<Record<(typeof ssmOperations)[number]["name"], SsmOperation>> = {
  AddTagsToResource: addTagsToResource,
  DeleteParameter: deleteParameter,
  DeleteParameters: deleteParameters,
  GetParameter: getParameter,
  GetParameters: getParameters,
  GetParametersByPath: getParametersByPath,
  ListTagsForResource: listTagsForResource,
  PutParameter: putParameter,
  RemoveTagsFromResource: removeTagsFromResource,
};

/** Parameter Store, on the parameters it is given. */
export function createSsmService({ store, clockOf }: SsmDeps): Service {
  return serviceOf(ssmModel, table, (call) => ({ call, store, clockOf }));
}
