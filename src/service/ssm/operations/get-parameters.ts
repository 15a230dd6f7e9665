import { boolean, list, required, string, structure } from "../../../model/shape.ts";
import { InternalServerError, InvalidKeyId } from "../errors.ts";
import { parameter, parameterName, parameterView, ssmOperation } from "../operation.ts";

/** Gives parameters, and says which are not there. API_GetParameters. */
export const getParameters = ssmOperation({
  name: "GetParameters",
  input: structure({ Names: required(list(parameterName, { min: 1, max: 10 })), WithDecryption: boolean() }),
  output: structure({ Parameters: list(parameter), InvalidParameters: list(string()) }),
  errors: [InvalidKeyId, InternalServerError],
  handle({ call, store }, { Names }) {
    const found = Names.flatMap((name) => store.find(call.scope, name) ?? []);
    return {
      Parameters: found.map((one) => parameterView(call.scope, one)),
      InvalidParameters: Names.filter((name) => store.find(call.scope, name) === undefined),
    };
  },
});
