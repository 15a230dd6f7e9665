import { label } from "../../../model/location.ts";
import { structure } from "../../../model/shape.ts";
import {
  aliasAnswer,
  aliasName,
  aliasVersion,
  describedAlias,
  routingConfig,
  weightsOf,
} from "../alias/alias-description.ts";
import { revisionErrors } from "../errors.ts";
import { functionAt } from "../function/function-name.ts";
import { lambdaOperation } from "../operation.ts";
import { description, revisionId, writeName } from "../shapes.ts";

/** Changes what an alias stands for. API_UpdateAlias. */
export const updateAlias = lambdaOperation({
  name: "UpdateAlias",
  http: { method: "PUT", path: "/2015-03-31/functions/{FunctionName}/aliases/{Name}" },
  input: structure({
    FunctionName: label(writeName),
    Name: label(aliasName),
    FunctionVersion: aliasVersion,
    Description: description,
    RoutingConfig: routingConfig,
    RevisionId: revisionId,
  }),
  output: aliasAnswer,
  errors: revisionErrors,
  handle(context, { Name, FunctionVersion, Description, RoutingConfig, RevisionId, ...named }) {
    const { functions, scope, name } = functionAt(context, named);
    const change = {
      ...(FunctionVersion !== undefined && { version: FunctionVersion }),
      ...(Description !== undefined && { description: Description }),
      ...(RoutingConfig && { weights: weightsOf(RoutingConfig.AdditionalVersionWeights) }),
    };
    return describedAlias(scope, name, functions.aliases.update(name, Name, change, RevisionId));
  },
});
