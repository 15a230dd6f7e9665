import { required, string, structure } from "../../../model/shape.ts";
import { changedEndpoint } from "../endpoint-attributes.ts";
import { resourceErrors } from "../errors.ts";
import { announce } from "../mobile-event.ts";
import { snsOperation } from "../operation.ts";
import { endpointNamed } from "../resource.ts";
import { filledMap } from "../shapes.ts";

/** Sets attributes of a platform endpoint; those not named stay as they are. API_SetEndpointAttributes. */
export const setEndpointAttributes = snsOperation({
  name: "SetEndpointAttributes",
  input: structure({ EndpointArn: required(string()), Attributes: required(filledMap) }),
  errors: resourceErrors,
  handle(context, { EndpointArn, Attributes }) {
    const endpoint = endpointNamed(context, EndpointArn);
    const { platform, settings, applicationArn } = endpoint;
    const platforms = context.mobile.home(endpoint);
    platforms.configureEndpoint(endpoint, changedEndpoint(platform, settings, Attributes));
    announce(context, platforms.find(applicationArn)!, { type: "EndpointUpdated", endpointArn: endpoint.arn });
  },
});
