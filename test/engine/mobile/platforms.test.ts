import { expect, test } from "vitest";
import { MobileDirectory } from "../../../src/engine/mobile/mobile-directory.ts";
import { seededIds } from "../../../src/kernel/ids.ts";
import { scopeOf } from "../../../src/kernel/scope.ts";
import { aFrozenClock, START } from "../../support/service-call.ts";

const scope = scopeOf("000000000000", "us-east-1");
const settings = { isEnabled: true, attributes: { PlatformCredential: "key" } };
const token = (text: string) => ({ token: text, isEnabled: true, customUserData: undefined });

function aDirectory() {
  const clock = aFrozenClock();
  const directory = new MobileDirectory({ clockOf: () => clock, ids: seededIds("mobile") });
  return { directory, platforms: directory.in(scope) };
}

test("an application and its endpoints are found under their ARNs", () => {
  const { directory, platforms } = aDirectory();
  const application = platforms.create("GCM", "app", settings);
  expect(application).toMatchObject({ name: "app", platform: "GCM", createdAt: START, settings });
  expect(directory.application("arn:aws:sns:us-east-1:000000000000:app/GCM/app")).toBe(application);
  const endpoint = platforms.createEndpoint(application, token("t"));
  expect(endpoint).toMatchObject({ applicationArn: application.arn, platform: "GCM", createdAt: START });
  expect(directory.endpoint(endpoint.arn)).toBe(endpoint);
  expect(application.endpointByToken("t")).toBe(endpoint);
  expect(directory.home(endpoint)).toBe(platforms);
});

test.for([
  "",
  "app/GCM/app",
  "arn:aws:sns:us-east-1:000000000000:endpoint",
  "arn:aws:sns:us-east-1:000000000000:endpoint/GCM/app",
  "arn:aws:sns:us-east-1:000000000000:app/GCM/app",
  "arn:aws:sns:eu-west-1:000000000000:endpoint/GCM/app/x",
])("there is no endpoint '%s'", (arn) => {
  const { directory, platforms } = aDirectory();
  platforms.createEndpoint(platforms.create("GCM", "app", settings), token("t"));
  expect(directory.endpoint(arn)).toBeUndefined();
});

test("an endpoint that is given another token keeps its place, and frees the token it had", () => {
  const { directory, platforms } = aDirectory();
  const application = platforms.create("GCM", "app", settings);
  const first = platforms.createEndpoint(application, token("a"));
  const second = platforms.createEndpoint(application, token("b"));
  platforms.configureEndpoint(first, token("c"));
  expect(application.endpointByToken("a")).toBeUndefined();
  expect(application.endpointByToken("c")?.arn).toBe(first.arn);
  expect([...application.endpoints()].map(({ arn }) => arn)).toEqual([first.arn, second.arn].sort());
  platforms.deleteEndpoint(first);
  expect(application.endpointByToken("c")).toBeUndefined();
  expect(directory.endpoint(first.arn)).toBeUndefined();
});

test("two endpoints that were given the same token do not take it from each other", () => {
  const { platforms } = aDirectory();
  const application = platforms.create("GCM", "app", settings);
  const first = platforms.createEndpoint(application, token("a"));
  const second = platforms.createEndpoint(application, token("b"));
  platforms.configureEndpoint(second, token("a"));
  platforms.deleteEndpoint(first);
  expect(application.endpointByToken("a")?.arn).toBe(second.arn);
});

test("resetting an account leaves the others", () => {
  const { directory, platforms } = aDirectory();
  const theirs = directory.in(scopeOf("111111111111", "us-east-1")).create("GCM", "app", settings);
  const ours = platforms.create("GCM", "app", settings);
  directory.reset("000000000000");
  expect(directory.application(ours.arn)).toBeUndefined();
  expect(directory.application(theirs.arn)).toBe(theirs);
  directory.reset();
  expect(directory.application(theirs.arn)).toBeUndefined();
});
