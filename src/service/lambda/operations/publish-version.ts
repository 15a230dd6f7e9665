import { label } from "../../../model/location.ts";
import { string, structure } from "../../../model/shape.ts";
import { revisionErrors, storageErrors, versionErrors } from "../errors.ts";
import { configurationGaps, functionConfiguration } from "../function/configuration-shapes.ts";
import { describedNow } from "../function/description.ts";
import { functionAt } from "../function/function-name.ts";
import { lambdaOperation } from "../operation.ts";
import { description, publishTo, publishToGap, revisionId, writeName } from "../shapes.ts";

/** Freezes what a function is as a version of it. API_PublishVersion. */
export const publishVersion = lambdaOperation({
  name: "PublishVersion",
  http: { method: "POST", path: "/2015-03-31/functions/{FunctionName}/versions", status: 201 },
  input: structure({
    FunctionName: label(writeName),
    CodeSha256: string(),
    Description: description,
    RevisionId: revisionId,
    PublishTo: publishTo,
  }),
  output: functionConfiguration,
  errors: [...revisionErrors, ...storageErrors, ...versionErrors],
  gaps: [...configurationGaps, publishToGap],
  handle(context, { CodeSha256: codeSha256, Description, RevisionId, ...named }) {
    const { functions, scope, name } = functionAt(context, named);
    const version = functions.publish(name, { codeSha256, description: Description, revisionId: RevisionId });
    return describedNow({ scope, name, version, qualifier: version.version });
  },
});
