import type { PlatformEndpoint } from "../../../engine/mobile/platform-endpoint.ts";
import type { MessageAttributes } from "../../../kernel/message-attribute.ts";
import { EndpointDisabled, invalidParameter, PlatformApplicationDisabled } from "../errors.ts";
import type { SnsContext } from "../operation.ts";
import { MAX_MESSAGE_BYTES } from "../topic/topic-settings.ts";
import { checkSize, type MessageInput, structureOf } from "./message.ts";

/** Whether an ARN is meant for an endpoint rather than for a topic. */
export function isEndpointArn(arn: string): boolean {
  return arn.includes(":endpoint/");
}

/** Hands a message to the push service of one endpoint and tells the id it got. */
export function publishToEndpoint(
  context: SnsContext,
  arn: string,
  message: { readonly input: MessageInput; readonly attributes: MessageAttributes | undefined },
): string {
  const { call, clockOf, ids, ports } = context;
  const { input, attributes } = message;
  const endpoint = enabledEndpoint(context, arn);
  checkSize(input, MAX_MESSAGE_BYTES);
  // AWS: a message for one platform needs no default.
  const structure = structureOf(input, endpoint.platform, "default");
  const id = ids.uuid();
  ports.push({
    id,
    scope: call.scope,
    endpoint,
    payload: structure?.[endpoint.platform] ?? structure?.default ?? input.Message,
    subject: input.Subject,
    attributes,
    sentAt: clockOf(call.scope.account).now(),
  });
  return id;
}

function enabledEndpoint({ mobile }: SnsContext, arn: string): PlatformEndpoint {
  const endpoint = mobile.endpoint(arn);
  if (endpoint === undefined) {
    throw invalidParameter("TargetArn", "No endpoint found for the target arn specified");
  }
  if (mobile.application(endpoint.applicationArn)?.settings.isEnabled === false) {
    throw new PlatformApplicationDisabled();
  }
  if (!endpoint.settings.isEnabled) throw new EndpointDisabled();
  return endpoint;
}
