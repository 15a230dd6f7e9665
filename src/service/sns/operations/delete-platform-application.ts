import { required, structure } from "../../../model/shape.ts";
import { anyCallErrors } from "../errors.ts";
import { snsOperation } from "../operation.ts";
import { applicationArn } from "../shapes.ts";

/** Deletes a platform application and its endpoints; one that is not there is no error. API_DeletePlatformApplication. */
export const deletePlatformApplication = snsOperation({
  name: "DeletePlatformApplication",
  input: structure({ PlatformApplicationArn: required(applicationArn) }),
  errors: anyCallErrors,
  handle({ mobile }, { PlatformApplicationArn }) {
    const application = mobile.application(PlatformApplicationArn);
    if (application !== undefined) mobile.home(application).delete(application);
  },
});
