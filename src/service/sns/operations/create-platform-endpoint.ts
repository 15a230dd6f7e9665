import type { EndpointSettings, PlatformEndpoint } from "../../../engine/mobile/platform-endpoint.ts";
import { required, string, structure } from "../../../model/shape.ts";
import { resourceErrors } from "../errors.ts";
import { changedEndpoint, tokenIsTaken } from "../mobile/endpoint-attributes.ts";
import { readToken } from "../mobile/platform.ts";
import { snsOperation } from "../operation.ts";
import { applicationNamed } from "../resource.ts";
import { applicationArn, stringMap } from "../shapes.ts";

/** Makes a device known to an application, or finds the one of that token. API_CreatePlatformEndpoint. */
export const createPlatformEndpoint = snsOperation({
  name: "CreatePlatformEndpoint",
  input: structure({
    PlatformApplicationArn: required(applicationArn),
    Token: required(string()),
    CustomUserData: string(),
    Attributes: stringMap,
  }),
  output: structure({ EndpointArn: string() }),
  errors: resourceErrors,
  handle(context, { PlatformApplicationArn, Token, CustomUserData, Attributes = {} }) {
    const application = applicationNamed(context, PlatformApplicationArn);
    const { platform } = application;
    const plain = { token: readToken(platform, Token), isEnabled: true, customUserData: undefined };
    // AWS: user data among the attributes counts more than the parameter.
    const given = { ...(CustomUserData !== undefined && { CustomUserData }), ...Attributes };
    const settings = changedEndpoint(platform, plain, given);
    const existing = application.endpointByToken(settings.token);
    if (existing !== undefined) {
      refuseDifference(existing, settings, Attributes.Enabled !== undefined);
      return { EndpointArn: existing.arn };
    }
    const { arn } = context.mobile.home(application).createEndpoint(application, settings);
    context.ports.announce(application, { type: "EndpointCreated", endpointArn: arn, origin: context.call.origin });
    return { EndpointArn: arn };
  },
});

/** AWS: whether a disabled endpoint is meant counts only for clients that say so. */
function refuseDifference(existing: PlatformEndpoint, wanted: EndpointSettings, saysEnabled: boolean): void {
  const { customUserData, isEnabled } = existing.settings;
  const isSame = customUserData === wanted.customUserData && (!saysEnabled || isEnabled === wanted.isEnabled);
  if (!isSame) throw tokenIsTaken(existing);
}
