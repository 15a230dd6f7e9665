import { boolean, required, structure } from "../../../model/shape.ts";
import { InternalServerError, InvalidKeyId, ParameterNotFound, ParameterVersionNotFound } from "../errors.ts";
import { parameter, parameterName, parameterView, ssmOperation } from "../operation.ts";

/** Gives a parameter, by name, by name and version, or by ARN. API_GetParameter. */
export const getParameter = ssmOperation({
  name: "GetParameter",
  input: structure({ Name: required(parameterName), WithDecryption: boolean() }),
  output: structure({ Parameter: parameter }),
  errors: [InternalServerError, InvalidKeyId, ParameterNotFound, ParameterVersionNotFound],
  gaps: ["Labels are not known, and of earlier versions nothing is kept."],
  handle: ({ call, store }, { Name }) => ({ Parameter: parameterView(call.scope, store.get(call.scope, Name)) }),
});
