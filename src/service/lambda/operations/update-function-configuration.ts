import { label } from "../../../model/location.ts";
import { structure } from "../../../model/shape.ts";
import { revisionErrors, signingErrors } from "../errors.ts";
import {
  configurationGaps,
  configurationMembers,
  functionConfiguration,
  role,
} from "../function/configuration-shapes.ts";
import { describedUpdate } from "../function/description.ts";
import { functionAt } from "../function/function-name.ts";
import { changedSettings } from "../function/settings-given.ts";
import { lambdaOperation } from "../operation.ts";
import { revisionId, writeName } from "../shapes.ts";

/** Changes how a function is run. API_UpdateFunctionConfiguration. */
export const updateFunctionConfiguration = lambdaOperation({
  name: "UpdateFunctionConfiguration",
  http: { method: "PUT", path: "/2015-03-31/functions/{FunctionName}/configuration" },
  input: structure({
    FunctionName: label(writeName),
    Role: role,
    ...configurationMembers,
    RevisionId: revisionId,
  }),
  output: functionConfiguration,
  errors: [...revisionErrors, ...signingErrors],
  gaps: [...configurationGaps, "The role is not looked up."],
  handle(context, { Role, RevisionId, ...given }) {
    const { functions, scope, name } = functionAt(context, given);
    const before = functions.current(name, RevisionId).latest.settings;
    const settings = changedSettings(Role === undefined ? before : { ...before, role: Role }, given, scope);
    const { version, revisionId: announced } = functions.update(name, { settings });
    return describedUpdate({ scope, name, version }, announced);
  },
});
