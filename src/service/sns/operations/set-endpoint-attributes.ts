import { present } from "../../../kernel/present.ts";
import { required, structure } from "../../../model/shape.ts";
import { resourceErrors } from "../errors.ts";
import { changedEndpoint, tokenIsTaken } from "../mobile/endpoint-attributes.ts";
import { snsOperation } from "../operation.ts";
import { endpointNamed } from "../resource.ts";
import { endpointArn, filledMap } from "../shapes.ts";

/** Sets attributes of a platform endpoint; those not named stay as they are. API_SetEndpointAttributes. */
export const setEndpointAttributes = snsOperation({
  name: "SetEndpointAttributes",
  input: structure({ EndpointArn: required(endpointArn), Attributes: required(filledMap) }),
  errors: resourceErrors,
  handle(context, { EndpointArn, Attributes }) {
    const endpoint = endpointNamed(context, EndpointArn);
    const { platform, settings, applicationArn } = endpoint;
    const platforms = context.mobile.home(endpoint);
    const application = present(platforms.find(applicationArn), "the application of an endpoint");
    const changed = changedEndpoint(platform, settings, Attributes);
    const holder = application.endpointByToken(changed.token);
    // GAP: AWS's words are not known; these are those of CreatePlatformEndpoint.
    if (holder !== undefined && holder.arn !== endpoint.arn) throw tokenIsTaken(holder);
    platforms.configureEndpoint(endpoint, changed);
    const event = { type: "EndpointUpdated", endpointArn: endpoint.arn, origin: context.call.origin } as const;
    context.ports.announce(application, event);
  },
});
