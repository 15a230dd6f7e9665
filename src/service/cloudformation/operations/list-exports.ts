import { list, string, structure } from "../../../model/shape.ts";
import { cloudFormationOperation } from "../operation.ts";
import { listPage } from "../page.ts";
import { nextToken } from "../shapes/input-shapes.ts";
import { exportView } from "../shapes/stack-shapes.ts";

/** Lists what stacks export. API_ListExports. */
export const listExports = cloudFormationOperation({
  name: "ListExports",
  input: structure({ NextToken: nextToken }),
  output: structure({ Exports: list(exportView), NextToken: string() }),
  errors: [],
  handle({ stacks }, { NextToken }) {
    const { items, nextToken } = listPage(stacks.exports(), { NextToken, listing: "ListExports" }, ({ name }) => name);
    const exports = items.map(({ stackId, name, value }) => ({ ExportingStackId: stackId, Name: name, Value: value }));
    return { Exports: exports, NextToken: nextToken };
  },
});
