import { expect, test } from "vitest";
import { type Attributes, aService, invalid, missingValue, notFound } from "../../support/sns.ts";

// §22.1, §22.2

const ARN = "arn:aws:sns:us-east-1:000000000000:app/ADM/app";
const CREDENTIALS = { PlatformPrincipal: "id", PlatformCredential: "secret" };
const ROLE = "arn:aws:iam::000000000000:role/r";

function withApplication(attributes: Attributes = CREDENTIALS) {
  const service = aService();
  const { PlatformApplicationArn } = service.call("CreatePlatformApplication", {
    Name: "app",
    Platform: "ADM",
    Attributes: attributes,
  }) as { PlatformApplicationArn: string };
  const shown = () =>
    (service.call("GetPlatformApplicationAttributes", { PlatformApplicationArn }) as { Attributes: Attributes })
      .Attributes;
  const set = (given: Attributes) =>
    service.call("SetPlatformApplicationAttributes", { PlatformApplicationArn, Attributes: given });
  return { ...service, PlatformApplicationArn, shown, set };
}

test("a new application is enabled and does not show its credentials", () => {
  const { PlatformApplicationArn, shown } = withApplication();
  expect(PlatformApplicationArn).toBe(ARN);
  expect(shown()).toEqual({ Enabled: "true" });
});

test.for([
  "ADM",
  "APNS",
  "APNS_SANDBOX",
  "APNS_VOIP",
  "APNS_VOIP_SANDBOX",
  "MACOS",
  "MACOS_SANDBOX",
  "GCM",
  "BAIDU",
  "WNS",
  "MPNS",
])("an application can be of %s", (Platform) => {
  const { call } = aService();
  expect(call("CreatePlatformApplication", { Name: "a", Platform, Attributes: CREDENTIALS })).toEqual({
    PlatformApplicationArn: `arn:aws:sns:us-east-1:000000000000:app/${Platform}/a`,
  });
});

test.for(["AAA", "", "gcm"])("there is no platform '%s'", (Platform) => {
  const { failure } = aService();
  expect(failure("CreatePlatformApplication", { Name: "a", Platform, Attributes: CREDENTIALS })).toEqual(
    invalid(`Platform Reason: ${Platform} is not supported`),
  );
});

test.for(["a", "A-z_0.9", "x".repeat(256)])("an application can be called %s", (Name) => {
  const { call } = aService();
  expect(call("CreatePlatformApplication", { Name, Platform: "ADM", Attributes: CREDENTIALS })).toEqual({
    PlatformApplicationArn: `arn:aws:sns:us-east-1:000000000000:app/ADM/${Name}`,
  });
});

const badCharacter = "must contain only characters 'a'-'z', 'A'-'Z', '0'-'9', '_', '-', and '.'";

test.for<[name: string, message: string]>([
  ["", " Reason: cannot be empty"],
  ["x".repeat(257), `${"x".repeat(257)} Reason: must be at most 256 characters long`],
  ["@name", `@name Reason: ${badCharacter}`],
  ["a/b", `a/b Reason: ${badCharacter}`],
])("an application cannot be called '%s', which is told before anything else", ([Name, message]) => {
  const { failure } = aService();
  const Attributes = { PlatformPrincipal: "x" };
  expect(failure("CreatePlatformApplication", { Name, Platform: "AAA", Attributes })).toEqual(invalid(message));
});

test("an application wants a name and a platform", () => {
  const { failure } = aService();
  expect(failure("CreatePlatformApplication", { Platform: "ADM", Attributes: CREDENTIALS })).toEqual(
    missingValue("Name"),
  );
  expect(failure("CreatePlatformApplication", { Name: "a", Attributes: CREDENTIALS })).toEqual(
    missingValue("Platform"),
  );
});

const reason = (text: string) => invalid(`Attributes Reason: ${text}`);

test("credentials are given whole, except for GCM, which has only one half", () => {
  const { call, failure } = aService();
  const create = (Platform: string, Attributes: Attributes) => ({ Name: "a", Platform, Attributes });
  const { PlatformCredential, PlatformPrincipal } = CREDENTIALS;
  for (const platform of ["APNS", "ADM", "GCM"]) {
    expect(failure("CreatePlatformApplication", create(platform, { PlatformPrincipal }))).toEqual(
      reason("PlatformPrincipal attribute provided without PlatformCredential"),
    );
  }
  expect(failure("CreatePlatformApplication", create("APNS", { PlatformCredential }))).toEqual(
    reason("PlatformCredential attribute provided without PlatformPrincipal"),
  );
  expect(call("CreatePlatformApplication", create("GCM", { PlatformCredential }))).toHaveProperty(
    "PlatformApplicationArn",
  );
});

test("what is set is shown, and the empty text takes it away", () => {
  const { set, shown } = withApplication();
  const attributes = {
    EventEndpointCreated: "arn:aws:sns:us-east-1:000000000000:created",
    SuccessFeedbackRoleArn: ROLE,
    SuccessFeedbackSampleRate: "50",
    ApplePlatformTeamID: "team",
  };
  expect(set({ ...attributes, PlatformCredential: "new" })).toBeUndefined();
  expect(shown()).toEqual({ Enabled: "true", ...attributes });
  set({ EventEndpointCreated: "", SuccessFeedbackRoleArn: "", Enabled: "FALSE" });
  expect(shown()).toEqual({ Enabled: "false", SuccessFeedbackSampleRate: "50", ApplePlatformTeamID: "team" });
});

test.for<[name: string, value: string, text: string]>([
  ["Nonsense", "x", "Invalid attribute name: Nonsense"],
  ["constructor", "x", "Invalid attribute name: constructor"],
  [
    "SuccessFeedbackRoleArn",
    "nobody",
    "Invalid value for attribute: SuccessFeedbackRoleArn: nobody is not a valid role to allow SNS to write to Cloudwatch Logs",
  ],
  [
    "SuccessFeedbackSampleRate",
    "101",
    "Invalid value for attribute: SuccessFeedbackSampleRate: 101 value provided is not an integer between 0-100",
  ],
  ["Enabled", "", "Invalid value for attribute: Enabled: Invalid value []. Must be true or false."],
])("%s cannot be '%s'", ([name, value, text]) => {
  const { failure, shown, PlatformApplicationArn } = withApplication();
  const Attributes = { EventDeliveryFailure: "x", [name]: value };
  expect(failure("SetPlatformApplicationAttributes", { PlatformApplicationArn, Attributes })).toEqual(reason(text));
  expect(shown()).toEqual({ Enabled: "true" });
  expect(
    failure("CreatePlatformApplication", { Name: "b", Platform: "ADM", Attributes: { ...CREDENTIALS, ...Attributes } }),
  ).toEqual(reason(text));
});

test("an application can be created again with attributes it has, and no others", () => {
  const { call, failure, shown } = withApplication({ ...CREDENTIALS, ApplePlatformTeamID: "team" });
  const create = (Attributes: Attributes) => ({ Name: "app", Platform: "ADM", Attributes });
  const expected = { PlatformApplicationArn: ARN };
  expect(call("CreatePlatformApplication", create(CREDENTIALS))).toEqual(expected);
  expect(call("CreatePlatformApplication", create({ ...CREDENTIALS, Enabled: "true" }))).toEqual(expected);
  for (const other of [{ PlatformCredential: "other" }, { ApplePlatformTeamID: "x" }, { Enabled: "false" }]) {
    expect(failure("CreatePlatformApplication", create({ ...CREDENTIALS, ...other }))).toEqual(
      invalid("Name Reason: An application with the same name but different properties already exists"),
    );
  }
  expect(shown()).toEqual({ Enabled: "true", ApplePlatformTeamID: "team" });
});

test("applications of another account, region or platform are others", () => {
  const { call } = withApplication();
  expect(call("ListPlatformApplications", {}, { region: "eu-west-1" })).toEqual({ PlatformApplications: [] });
  expect(call("ListPlatformApplications", {}, { account: "111111111111" })).toEqual({ PlatformApplications: [] });
  call("CreatePlatformApplication", { Name: "app", Platform: "WNS", Attributes: CREDENTIALS });
  expect(call("ListPlatformApplications", {})).toEqual({
    PlatformApplications: [
      { PlatformApplicationArn: ARN, Attributes: { Enabled: "true" } },
      { PlatformApplicationArn: ARN.replace("ADM", "WNS"), Attributes: { Enabled: "true" } },
    ],
  });
});

test("a deleted application is gone with its endpoints, and can be deleted again", () => {
  const { call, failure, PlatformApplicationArn } = withApplication();
  const { EndpointArn } = call("CreatePlatformEndpoint", { PlatformApplicationArn, Token: "t" }) as {
    EndpointArn: string;
  };
  expect(call("DeletePlatformApplication", { PlatformApplicationArn })).toBeUndefined();
  expect(call("DeletePlatformApplication", { PlatformApplicationArn })).toBeUndefined();
  expect(failure("ListEndpointsByPlatformApplication", { PlatformApplicationArn })).toEqual(
    notFound("PlatformApplication"),
  );
  expect(failure("GetEndpointAttributes", { EndpointArn })).toEqual(notFound("Endpoint"));
  expect(call("DeleteEndpoint", { EndpointArn })).toBeUndefined();
});
