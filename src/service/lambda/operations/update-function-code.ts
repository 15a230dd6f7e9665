import { label } from "../../../model/location.ts";
import { blob, boolean, structure } from "../../../model/shape.ts";
import { checkUpdatedPackage, findCode, withCode } from "../code/code-given.ts";
import { RequestEntityTooLarge, revisionErrors, signingErrors, storageErrors } from "../errors.ts";
import { architectures, configurationGaps, functionConfiguration } from "../function/configuration-shapes.ts";
import { describedNow, describedUpdate } from "../function/description.ts";
import { functionAt } from "../function/function-name.ts";
import { lambdaOperation } from "../operation.ts";
import { arnOrNothing, codeMembers, publishTo, publishToGap, revisionId, writeName } from "../shapes.ts";

/** AWS: of the whole request. */
const MOST_BYTES = 70_167_211;

/** Gives a function other code. API_UpdateFunctionCode. */
export const updateFunctionCode = lambdaOperation({
  name: "UpdateFunctionCode",
  http: { method: "PUT", path: "/2015-03-31/functions/{FunctionName}/code" },
  input: structure({
    FunctionName: label(writeName),
    ZipFile: blob(),
    ...codeMembers,
    Publish: boolean(),
    DryRun: boolean(),
    RevisionId: revisionId,
    Architectures: architectures,
    SourceKMSKeyArn: arnOrNothing,
    PublishTo: publishTo,
  }),
  output: functionConfiguration,
  errors: [...revisionErrors, ...signingErrors, ...storageErrors],
  maxDocumentBytes: MOST_BYTES,
  tooLong: () =>
    new RequestEntityTooLarge(`Request must be smaller than ${MOST_BYTES} bytes for the UpdateFunctionCode operation`),
  gaps: [
    ...configurationGaps,
    publishToGap,
    "Code signing is not checked. S3ObjectVersion and SourceKMSKeyArn make no difference.",
  ],
  async handle(context, input) {
    const { functions: present, scope, name } = functionAt(context, input);
    const before = present.current(name, input.RevisionId);
    checkUpdatedPackage(before.latest.settings.packageType, input);
    const found = await findCode(context, input);
    const functions = context.directory.in(scope); // asked for anew: everything may have been forgotten meanwhile
    const { Publish: publishes, RevisionId, Architectures = [] } = input;
    if (input.DryRun === true) return describedNow({ scope, name, version: before.latest });
    const { version, revisionId: announced } = withCode({ ...context, functions }, found, (code) => {
      const { settings } = functions.get(name).latest;
      const [architecture = settings.architecture] = Architectures;
      return functions.update(name, {
        code,
        publishes,
        revisionId: RevisionId,
        settings: { ...settings, architecture },
      });
    });
    return describedUpdate({ scope, name, version }, announced);
  },
});
