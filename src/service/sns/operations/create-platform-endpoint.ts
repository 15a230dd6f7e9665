import type { EndpointSettings, PlatformEndpoint } from "../../../engine/mobile/platform-endpoint.ts";
import { required, string, structure } from "../../../model/shape.ts";
import { changedEndpoint } from "../endpoint-attributes.ts";
import { invalidParameter, resourceErrors } from "../errors.ts";
import { announce } from "../mobile-event.ts";
import { snsOperation } from "../operation.ts";
import { readToken } from "../platform.ts";
import { applicationNamed } from "../resource.ts";
import { stringMap } from "../shapes.ts";

/** Makes a device known to an application, or finds the one of that token. API_CreatePlatformEndpoint. */
export const createPlatformEndpoint = snsOperation({
  name: "CreatePlatformEndpoint",
  input: structure({
    PlatformApplicationArn: required(string()),
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
    announce(context, application, { type: "EndpointCreated", endpointArn: arn });
    return { EndpointArn: arn };
  },
});

/** AWS: clients take the ARN out of this text. Whether a disabled endpoint is meant counts only when they say so. */
function refuseDifference({ arn, settings }: PlatformEndpoint, wanted: EndpointSettings, saysEnabled: boolean): void {
  const isSame =
    settings.customUserData === wanted.customUserData && (!saysEnabled || settings.isEnabled === wanted.isEnabled);
  if (isSame) return;
  throw invalidParameter("Token", `Endpoint ${arn} already exists with the same Token, but different attributes.`);
}
