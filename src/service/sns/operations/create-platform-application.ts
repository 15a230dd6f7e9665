import { required, string, structure } from "../../../model/shape.ts";
import { anyCallErrors, invalidParameter } from "../errors.ts";
import {
  changedApplication,
  checkCredentials,
  hasOtherApplicationAttributes,
} from "../mobile/application-attributes.ts";
import { checkApplicationName } from "../mobile/platform.ts";
import { snsOperation } from "../operation.ts";
import { filledMap } from "../shapes.ts";

/** Registers an application with a push service, or finds the one of that name. API_CreatePlatformApplication. */
export const createPlatformApplication = snsOperation({
  name: "CreatePlatformApplication",
  input: structure({ Name: required(string()), Platform: required(string()), Attributes: required(filledMap) }),
  output: structure({ PlatformApplicationArn: string() }),
  errors: anyCallErrors,
  gaps: ["Credentials are not shown to the push service.", "Feedback roles are stored; nothing is logged."],
  handle({ call, mobile }, { Name: name, Platform: platform, Attributes: given }) {
    checkApplicationName(platform, name);
    checkCredentials(platform, given);
    const platforms = mobile.in(call.scope);
    const existing = platforms.find(platforms.arnOf(platform, name));
    if (existing !== undefined && hasOtherApplicationAttributes(existing, given)) {
      throw invalidParameter("Name", "An application with the same name but different properties already exists");
    }
    const settings = changedApplication({ isEnabled: true, attributes: {} }, given);
    const { arn } = existing ?? platforms.create(platform, name, settings);
    return { PlatformApplicationArn: arn };
  },
});
