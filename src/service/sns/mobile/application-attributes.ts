import type { ApplicationSettings, PlatformApplication } from "../../../engine/mobile/platform-application.ts";
import { sha256 } from "../../../kernel/digest.ts";
import { anyText, booleanValue, feedbackRole, type ReadValue, wholeNumber } from "../attribute-values.ts";
import { type Refusal, whenSubscribed } from "../refusal.ts";

type Attributes = Readonly<Record<string, string>>;

/** Whatever can be set of an application. Credentials are taken and never shown. API_SetPlatformApplicationAttributes. */
const readers: Readonly<Record<string, ReadValue>> = {
  PlatformCredential: anyText,
  PlatformPrincipal: anyText,
  EventEndpointCreated: anyText,
  EventEndpointDeleted: anyText,
  EventEndpointUpdated: anyText,
  EventDeliveryFailure: anyText,
  SuccessFeedbackRoleArn: feedbackRole,
  FailureFeedbackRoleArn: feedbackRole,
  SuccessFeedbackSampleRate: wholeNumber(0, 100),
  ApplePlatformTeamID: anyText,
  ApplePlatformBundleID: anyText,
  // AWS: not documented; it is what a disabled application comes back with.
  Enabled: booleanValue,
};

/** AWS: a value that cannot be is told of with more words than in attributes of topics. */
const ofApplications: Refusal = {
  ...whenSubscribed,
  value: (reason) => whenSubscribed.value(`Invalid value for attribute: ${reason}`),
};

/** Of these a digest is kept, which tells another one: what is kept may be written to files. */
const SECRET: readonly string[] = ["PlatformCredential", "PlatformPrincipal"];

/** AWS: its credential is a key without an account. */
const PLATFORM_WITHOUT_PRINCIPAL = "GCM";

/** Throws InvalidParameter when one half of the credentials is given without the other. */
export function checkCredentials(platform: string, { PlatformCredential, PlatformPrincipal }: Attributes): void {
  const hasCredential = PlatformCredential !== undefined;
  const hasPrincipal = PlatformPrincipal !== undefined;
  if (hasPrincipal && !hasCredential) refuseHalf("PlatformPrincipal", "PlatformCredential");
  if (hasCredential && !hasPrincipal && platform !== PLATFORM_WITHOUT_PRINCIPAL) {
    refuseHalf("PlatformCredential", "PlatformPrincipal");
  }
}

/** The settings after the given attributes are set: all of them or, when one cannot be, none. */
export function changedApplication(current: ApplicationSettings, given: Attributes): ApplicationSettings {
  const { Enabled, ...read } = readAttributes(given);
  const attributes = Object.entries({ ...current.attributes, ...read }).filter(([, value]) => value !== "");
  return {
    isEnabled: Enabled === undefined ? current.isEnabled : Enabled === "true",
    attributes: Object.fromEntries(attributes),
  };
}

/** Whether an application has other attributes than the given ones. Those not given do not count. */
export function hasOtherApplicationAttributes({ settings }: PlatformApplication, given: Attributes): boolean {
  const { isEnabled, attributes } = settings;
  const current: Attributes = { ...attributes, Enabled: String(isEnabled) };
  return Object.entries(readAttributes(given)).some(([name, value]) => (current[name] ?? "") !== value);
}

/** What is shown of an application. */
export function shownApplicationAttributes({ settings }: PlatformApplication): Attributes {
  const { isEnabled, attributes } = settings;
  const shown = Object.entries(attributes).filter(([name]) => !SECRET.includes(name));
  return { Enabled: String(isEnabled), ...Object.fromEntries(shown) };
}

function readAttributes(given: Attributes): Attributes {
  return Object.fromEntries(Object.entries(given).map(([name, text]) => [name, readValue(name, text)]));
}

function readValue(name: string, text: string): string {
  const read = Object.hasOwn(readers, name) ? readers[name] : undefined;
  if (read === undefined) return whenSubscribed.value(`Invalid attribute name: ${name}`);
  const isCleared = text === "" && name !== "Enabled";
  if (isCleared) return "";
  const value = read(text, { refusal: ofApplications }, name);
  return SECRET.includes(name) ? `sha256:${sha256(value)}` : value;
}

function refuseHalf(given: string, missing: string): never {
  return whenSubscribed.value(`${given} attribute provided without ${missing}`);
}
