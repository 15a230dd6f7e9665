import { label } from "../../../model/location.ts";
import { required, structure } from "../../../model/shape.ts";
import {
  aliasAnswer,
  aliasName,
  aliasVersion,
  describedAlias,
  routingConfig,
  weightsOf,
} from "../alias/alias-description.ts";
import { changeErrors } from "../errors.ts";
import { functionAt } from "../function/function-name.ts";
import { lambdaOperation } from "../operation.ts";
import { description, writeName } from "../shapes.ts";

/** Gives a version another name. API_CreateAlias. */
export const createAlias = lambdaOperation({
  name: "CreateAlias",
  http: { method: "POST", path: "/2015-03-31/functions/{FunctionName}/aliases", status: 201 },
  input: structure({
    FunctionName: label(writeName),
    Name: required(aliasName),
    FunctionVersion: required(aliasVersion),
    Description: description,
    RoutingConfig: routingConfig,
  }),
  output: aliasAnswer,
  errors: changeErrors,
  handle(context, { Name, FunctionVersion: version, Description = "", RoutingConfig, ...named }) {
    const { functions, scope, name } = functionAt(context, named);
    const weights = weightsOf(RoutingConfig?.AdditionalVersionWeights);
    return describedAlias(
      scope,
      name,
      functions.aliases.create(name, Name, { version, description: Description, weights }),
    );
  },
});
