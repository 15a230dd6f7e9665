import { required, string, structure } from "../../../model/shape.ts";
import { anyCallErrors } from "../errors.ts";
import { snsOperation } from "../operation.ts";
import { checkArn } from "../resource.ts";

/** Deletes a platform application and its endpoints; one that is not there is no error. API_DeletePlatformApplication. */
export const deletePlatformApplication = snsOperation({
  name: "DeletePlatformApplication",
  input: structure({ PlatformApplicationArn: required(string()) }),
  errors: anyCallErrors,
  handle({ call, mobile }, { PlatformApplicationArn }) {
    checkArn(call, "PlatformApplicationArn", PlatformApplicationArn);
    const application = mobile.application(PlatformApplicationArn);
    if (application !== undefined) mobile.home(application).delete(application);
  },
});
