import { boolean, integer, list, required, string, structure } from "../../../model/shape.ts";
import { pageOf } from "../../page.ts";
import { InternalServerError, InvalidKeyId, InvalidNextToken } from "../errors.ts";
import { parameter, parameterName, parameterView, ssmOperation } from "../operation.ts";

const MOST_IN_PAGE = 10;

/** Lists the parameters below a path. API_GetParametersByPath. */
export const getParametersByPath = ssmOperation({
  name: "GetParametersByPath",
  input: structure({
    Path: required(parameterName),
    Recursive: boolean(),
    ParameterFilters: list(structure({ Key: required(string()), Option: string(), Values: list(string()) })),
    WithDecryption: boolean(),
    MaxResults: integer({ min: 1, max: MOST_IN_PAGE }),
    NextToken: string(),
  }),
  output: structure({ Parameters: list(parameter), NextToken: string() }),
  errors: [InternalServerError, InvalidKeyId, InvalidNextToken],
  gaps: ["Filters make no difference."],
  handle({ call, store }, { Path, Recursive = false, MaxResults: maxCount = MOST_IN_PAGE, NextToken: token }) {
    const folder = Path.endsWith("/") ? Path : `${Path}/`;
    const isMeant = ({ name }: { readonly name: string }): boolean =>
      name.startsWith(folder) && (Recursive || !name.slice(folder.length).includes("/"));
    const all = store.list(call.scope).filter(isMeant);
    const after = (key: string) => all.filter(({ name }) => name > key);
    const page = pageOf(after, { keyOf: ({ name }) => name, listing: "GetParametersByPath", token, maxCount });
    if (page === undefined) throw new InvalidNextToken();
    return { Parameters: page.items.map((one) => parameterView(call.scope, one)), NextToken: page.nextToken };
  },
});
