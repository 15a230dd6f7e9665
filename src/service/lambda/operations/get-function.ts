import { string, structure } from "../../../model/shape.ts";
import { questionErrors } from "../errors.ts";
import { codeLocation } from "../function/code-location.ts";
import { configurationGaps, functionConfiguration } from "../function/configuration-shapes.ts";
import { describedNow } from "../function/description.ts";
import { functionAt } from "../function/function-name.ts";
import { lambdaOperation } from "../operation.ts";
import { concurrency, qualifiedRead, tagMap } from "../shapes.ts";

/** Shows a function or a version of it, and where its code lies. API_GetFunction. */
export const getFunction = lambdaOperation({
  name: "GetFunction",
  http: { method: "GET", path: "/2015-03-31/functions/{FunctionName}" },
  input: structure(qualifiedRead),
  output: structure({
    Configuration: functionConfiguration,
    Code: structure({
      RepositoryType: string(),
      Location: string(),
      ImageUri: string(),
      ResolvedImageUri: string(),
      SourceKMSKeyArn: string(),
    }),
    Tags: tagMap,
    TagsError: structure({ ErrorCode: string(), Message: string() }),
    Concurrency: structure({ ReservedConcurrentExecutions: concurrency }),
  }),
  errors: questionErrors,
  gaps: [...configurationGaps, "The URL of the code of zip files names it and leads nowhere."],
  handle(context, input) {
    const { functions, scope, name, qualifier } = functionAt(context, input);
    const { record, version } = functions.resolve(name, qualifier);
    const { tags, reservedConcurrency } = record;
    return {
      Configuration: describedNow({ scope, name, version, qualifier }),
      Code: codeLocation(context.call, version),
      ...(Object.keys(tags).length > 0 && { Tags: tags }),
      ...(reservedConcurrency !== undefined &&
        qualifier === undefined && { Concurrency: { ReservedConcurrentExecutions: reservedConcurrency } }),
    };
  },
});
