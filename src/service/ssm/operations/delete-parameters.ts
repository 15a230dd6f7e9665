import { list, required, string, structure } from "../../../model/shape.ts";
import { InternalServerError } from "../errors.ts";
import { parameterName, ssmOperation } from "../operation.ts";

/** Deletes parameters, and says which were there. API_DeleteParameters. */
export const deleteParameters = ssmOperation({
  name: "DeleteParameters",
  input: structure({ Names: required(list(parameterName, { min: 1, max: 10 })) }),
  output: structure({ DeletedParameters: list(string()), InvalidParameters: list(string()) }),
  errors: [InternalServerError],
  handle({ call, store }, { Names }) {
    const deleted = Names.filter((name) => store.delete(call.scope, name));
    return { DeletedParameters: deleted, InvalidParameters: Names.filter((name) => !deleted.includes(name)) };
  },
});
