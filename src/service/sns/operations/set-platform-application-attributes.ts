import { required, structure } from "../../../model/shape.ts";
import { resourceErrors } from "../errors.ts";
import { changedApplication } from "../mobile/application-attributes.ts";
import { snsOperation } from "../operation.ts";
import { applicationNamed } from "../resource.ts";
import { applicationArn, filledMap } from "../shapes.ts";

/** Sets attributes of a platform application; those not named stay as they are. API_SetPlatformApplicationAttributes. */
export const setPlatformApplicationAttributes = snsOperation({
  name: "SetPlatformApplicationAttributes",
  input: structure({ PlatformApplicationArn: required(applicationArn), Attributes: required(filledMap) }),
  errors: resourceErrors,
  gaps: [
    "Credentials are not shown to the push service.",
    "Feedback roles are stored; nothing is logged.",
    "EventDeliveryFailure is told of disabled endpoints only, since no push service refuses anything.",
  ],
  handle(context, { PlatformApplicationArn, Attributes }) {
    const application = applicationNamed(context, PlatformApplicationArn);
    const settings = changedApplication(application.settings, Attributes);
    context.mobile.home(application).configure(application, settings);
  },
});
