import { label } from "../../../model/location.ts";
import { structure } from "../../../model/shape.ts";
import { aliasAnswer, aliasName, describedAlias } from "../alias/alias-description.ts";
import { questionErrors } from "../errors.ts";
import { functionAt } from "../function/function-name.ts";
import { lambdaOperation } from "../operation.ts";
import { writeName } from "../shapes.ts";

/** Shows an alias. API_GetAlias. */
export const getAlias = lambdaOperation({
  name: "GetAlias",
  http: { method: "GET", path: "/2015-03-31/functions/{FunctionName}/aliases/{Name}" },
  input: structure({ FunctionName: label(writeName), Name: label(aliasName) }),
  output: aliasAnswer,
  errors: questionErrors,
  handle(context, { Name, ...named }) {
    const { functions, scope, name } = functionAt(context, named);
    return describedAlias(scope, name, functions.aliases.get(name, Name));
  },
});
