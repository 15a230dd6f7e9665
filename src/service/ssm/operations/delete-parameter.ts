import { required, structure } from "../../../model/shape.ts";
import { InternalServerError, ParameterNotFound } from "../errors.ts";
import { parameterName, ssmOperation } from "../operation.ts";
import { checkNotReserved } from "../parameter-rules.ts";

/** Deletes a parameter. API_DeleteParameter. */
export const deleteParameter = ssmOperation({
  name: "DeleteParameter",
  input: structure({ Name: required(parameterName) }),
  output: structure({}),
  errors: [InternalServerError, ParameterNotFound],
  handle({ call, store }, { Name }) {
    checkNotReserved(Name);
    if (!store.delete(call.scope, Name)) throw new ParameterNotFound();
    return {};
  },
});
