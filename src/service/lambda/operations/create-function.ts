import type { FunctionSettings } from "../../../engine/function/function.ts";
import { InvalidParameterValue } from "../../../engine/function/function-errors.ts";
import type { Scope } from "../../../kernel/scope.ts";
import { blob, boolean, type Infer, required, string, structure } from "../../../model/shape.ts";
import { pattern } from "../../constraint-wording.ts";
import { findCode, noSource, withCode } from "../code/code-given.ts";
import { changeErrors, RequestEntityTooLarge, signingErrors, storageErrors, versionErrors } from "../errors.ts";
import {
  architectures,
  configurationGaps,
  configurationMembers,
  functionConfiguration,
  role,
  tenancyConfig,
} from "../function/configuration-shapes.ts";
import { described } from "../function/description.ts";
import { newName } from "../function/function-name.ts";
import { defaultSettings } from "../function/new-settings.ts";
import { changedSettings } from "../function/settings-given.ts";
import { checkSigning } from "../function/settings-rules.ts";
import { lambdaOperation } from "../operation.ts";
import { arnOrNothing, codeMembers, publishTo, publishToGap, tagMap, writeName } from "../shapes.ts";
import { checkedTags } from "../tags.ts";

/** AWS: of the whole request. */
const MOST_BYTES = 70_167_211;

const signingConfig = string({
  min: 0,
  max: 200,
  pattern: pattern(
    "arn:(aws[a-zA-Z-]*)?:lambda:[a-z]{2}((-gov)|(-iso(b?)))?-[a-z]+-\\d{1}:\\d{12}:code-signing-config:csc-[a-z0-9]{17}",
  ),
});

const input = structure({
  FunctionName: required(writeName),
  Role: required(role),
  Code: required(structure({ ZipFile: blob(), ...codeMembers, SourceKMSKeyArn: arnOrNothing })),
  ...configurationMembers,
  Publish: boolean(),
  PackageType: string({ values: ["Zip", "Image"] }),
  Tags: tagMap,
  CodeSigningConfigArn: signingConfig,
  Architectures: architectures,
  PublishTo: publishTo,
  TenancyConfig: tenancyConfig,
});

/** Makes a function of code and of how it is run. API_CreateFunction. */
export const createFunction = lambdaOperation({
  name: "CreateFunction",
  http: { method: "POST", path: "/2015-03-31/functions", status: 201 },
  input,
  output: functionConfiguration,
  errors: [...changeErrors, ...signingErrors, ...storageErrors, ...versionErrors],
  maxDocumentBytes: MOST_BYTES,
  tooLong: () =>
    new RequestEntityTooLarge(`Request must be smaller than ${MOST_BYTES} bytes for the CreateFunction operation`),
  gaps: [
    ...configurationGaps,
    publishToGap,
    "The role is not looked up; code signing is not checked. S3ObjectVersion and SourceKMSKeyArn make no difference.",
    "When there is no such runtime those that can be used are listed in the order of the model.",
    "With the bucket hot-reload the key is a directory on the machine of the emulator.",
  ],
  async handle(context, given) {
    const name = newName(context, given.FunctionName);
    const settings = settingsOf(name, given, context.call.scope);
    const tags = checkedTags(given.Tags ?? {});
    const { directory, call } = context;
    directory.in(call.scope).checkNew(name);
    const found = await findCode(context, given.Code);
    const functions = directory.in(call.scope); // asked for anew: everything may have been forgotten meanwhile
    const { CodeSigningConfigArn: codeSigning, Publish: publishes } = given;
    const { version, revisionId } = withCode({ ...context, functions }, found, (code) =>
      functions.create({ name, settings, code, tags, publishes, ...(codeSigning !== undefined && { codeSigning }) }),
    );
    return described({ scope: functions.scope, name, version }, revisionId);
  },
});

type Given = Infer<typeof input>;

function settingsOf(name: string, given: Given, scope: Scope): FunctionSettings {
  const { Role, PackageType, Architectures = [], TenancyConfig, CodeSigningConfigArn } = given;
  checkKind(given);
  const usual = defaultSettings(name, Role);
  const [architecture = usual.architecture] = Architectures;
  const fixed: FunctionSettings = {
    ...usual,
    architecture,
    packageType: PackageType === "Image" ? "Image" : "Zip",
    shown: TenancyConfig === undefined ? usual.shown : { ...usual.shown, TenancyConfig },
  };
  const settings = changedSettings(fixed, given, scope);
  checkSigning(CodeSigningConfigArn, settings, scope);
  return settings;
}

/** What is needed for a zip file is of no use to an image. */
function checkKind({ PackageType, Runtime, Handler, Layers = [], Code }: Given): void {
  if (PackageType === "Image") {
    if (Runtime !== undefined || Handler !== undefined || Layers.length > 0) {
      throw new InvalidParameterValue(
        "Please don't provide Handler or Runtime or Layer when the intended function PackageType is Image.",
      );
    }
  } else if (Runtime === undefined || Handler === undefined) {
    throw new InvalidParameterValue(
      "Runtime and Handler are mandatory parameters for functions created with deployment packages.",
    );
  }
  if (PackageType === "Image" && Code.ImageUri === undefined) throw new InvalidParameterValue("ImageUri is required.");
  // AWS: of an image that is not wanted it says what it says of no code.
  if (PackageType !== "Image" && Code.ImageUri !== undefined) throw noSource();
}
