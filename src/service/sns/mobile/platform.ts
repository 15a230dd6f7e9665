import { invalidParameter } from "../errors.ts";

/** Push services. Developer guide, mobile push. */
const PLATFORMS: readonly string[] = [
  "ADM",
  "APNS",
  "APNS_SANDBOX",
  "APNS_VOIP",
  "APNS_VOIP_SANDBOX",
  "BAIDU",
  "GCM",
  "MACOS",
  "MACOS_SANDBOX",
  "MPNS",
  "WNS",
];

const MAX_NAME_LENGTH = 256;
const NAME = /^[A-Za-z0-9_.-]+$/;

const MAX_APPLE_TOKEN_LENGTH = 400;
const HEXADECIMAL = /^[0-9a-f]+$/i;
const MAX_TOKEN_LENGTH = 8192;

/** Throws InvalidParameter unless there is such a platform and it can have an application of that name. */
export function checkApplicationName(platform: string, name: string): void {
  // AWS: the name itself stands where the name of the parameter would.
  if (name === "") throw invalidParameter(name, "cannot be empty");
  if (name.length > MAX_NAME_LENGTH) {
    throw invalidParameter(name, `must be at most ${MAX_NAME_LENGTH} characters long`);
  }
  if (!NAME.test(name)) {
    throw invalidParameter(name, "must contain only characters 'a'-'z', 'A'-'Z', '0'-'9', '_', '-', and '.'");
  }
  if (!PLATFORMS.includes(platform)) throw invalidParameter("Platform", `${platform} is not supported`);
}

/** A device's token as it is kept. Refuses what is none of that platform. */
export function readToken(platform: string, token: string, refuse: (reason: string) => never = refuseToken): string {
  if (token === "") return refuse("cannot be empty");
  if (isApple(platform)) {
    if (token.length <= MAX_APPLE_TOKEN_LENGTH && HEXADECIMAL.test(token)) return token.toLowerCase();
    const limit = `must be no more than ${MAX_APPLE_TOKEN_LENGTH} hexadecimal characters`;
    return refuse(`iOS device tokens ${limit}`);
  }
  return token.length > MAX_TOKEN_LENGTH ? refuse(`must be at most ${MAX_TOKEN_LENGTH} characters long`) : token;
}

function refuseToken(reason: string): never {
  throw invalidParameter("Token", reason);
}

function isApple(platform: string): boolean {
  return platform.startsWith("APNS") || platform.startsWith("MACOS");
}
