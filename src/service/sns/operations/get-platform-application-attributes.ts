import { required, structure } from "../../../model/shape.ts";
import { resourceErrors } from "../errors.ts";
import { shownApplicationAttributes } from "../mobile/application-attributes.ts";
import { snsOperation } from "../operation.ts";
import { applicationNamed } from "../resource.ts";
import { applicationArn, attributesOutput } from "../shapes.ts";

/** Shows the attributes of a platform application, without its credentials. API_GetPlatformApplicationAttributes. */
export const getPlatformApplicationAttributes = snsOperation({
  name: "GetPlatformApplicationAttributes",
  input: structure({ PlatformApplicationArn: required(applicationArn) }),
  output: attributesOutput,
  errors: resourceErrors,
  handle: (context, { PlatformApplicationArn }) => ({
    Attributes: shownApplicationAttributes(applicationNamed(context, PlatformApplicationArn)),
  }),
});
