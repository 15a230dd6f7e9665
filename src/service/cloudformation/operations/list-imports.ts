import { StackError } from "../../../engine/stack/stack-errors.ts";
import { list, required, string, structure } from "../../../model/shape.ts";
import { cloudFormationOperation } from "../operation.ts";
import { listPage } from "../page.ts";
import { nextToken } from "../shapes/input-shapes.ts";

/** Lists the stacks that use an export. API_ListImports. */
export const listImports = cloudFormationOperation({
  name: "ListImports",
  input: structure({ ExportName: required(string()), NextToken: nextToken }),
  output: structure({ Imports: list(string()), NextToken: string() }),
  errors: [],
  handle({ stacks }, { ExportName, NextToken }) {
    const { items, nextToken } = listPage(
      stacks.importers(ExportName),
      { NextToken, listing: "ListImports" },
      (name) => name,
    );
    if (items.length === 0 && NextToken === undefined) {
      throw new StackError(`Export '${ExportName}' is not imported by any stack.`);
    }
    return { Imports: items, NextToken: nextToken };
  },
});
