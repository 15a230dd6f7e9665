import type { EndpointSettings, PlatformEndpoint } from "../../../engine/mobile/platform-endpoint.ts";
import type { AwsError } from "../../../kernel/aws-error.ts";
import { invalidParameter } from "../errors.ts";
import { readToken } from "./platform.ts";

type Attributes = Readonly<Record<string, string>>;

/** In UTF-8. */
const MAX_USER_DATA_BYTES = 2048;
const NAMES: readonly string[] = ["CustomUserData", "Enabled", "Token"];

/** The settings after the given attributes are set. Throws InvalidParameter for the first that cannot be. */
export function changedEndpoint(platform: string, current: EndpointSettings, given: Attributes): EndpointSettings {
  const unknown = Object.keys(given).find((name) => !NAMES.includes(name));
  if (unknown !== undefined) throw invalidParameter("Attributes", `Invalid attribute name: ${unknown}`);
  const { CustomUserData, Enabled, Token } = given;
  return {
    token: Token === undefined ? current.token : readToken(platform, Token, refuseToken),
    isEnabled: Enabled === undefined ? current.isEnabled : isTrue(Enabled),
    customUserData: CustomUserData === undefined ? current.customUserData : checkUserData(CustomUserData),
  };
}

/** An endpoint has the token already. AWS: clients take the ARN out of this text. */
export function tokenIsTaken({ arn }: PlatformEndpoint): AwsError {
  return invalidParameter("Token", `Endpoint ${arn} already exists with the same Token, but different attributes.`);
}

/** What is shown of an endpoint. */
export function shownEndpointAttributes({ settings }: PlatformEndpoint): Attributes {
  const { token, isEnabled, customUserData } = settings;
  const userData = customUserData === undefined ? {} : { CustomUserData: customUserData };
  return { ...userData, Enabled: String(isEnabled), Token: token };
}

function isTrue(text: string): boolean {
  const value = text.toLowerCase();
  if (value !== "true" && value !== "false") refuseValue("Enabled", "must be true or false");
  return value === "true";
}

function checkUserData(text: string): string {
  if (Buffer.byteLength(text) > MAX_USER_DATA_BYTES) {
    refuseValue("CustomUserData", `must be at most ${MAX_USER_DATA_BYTES} bytes long in UTF-8 encoding`);
  }
  return text;
}

function refuseToken(reason: string): never {
  return refuseValue("Token", reason);
}

function refuseValue(name: string, reason: string): never {
  throw invalidParameter("Attributes", `Invalid value for attribute: ${name}: ${reason}`);
}
