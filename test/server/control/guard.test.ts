import { expect, test } from "vitest";
import { refusalOf } from "../../../src/server/control/guard.ts";

const FOREIGN_HOST =
  "Control routes are not served under this host name. Use an IP address, localhost or a name without dots.";
const FOREIGN_PAGE = "Control routes are not open to pages of other sites.";

test.for([
  ["127.0.0.1:4566", undefined],
  ["192.168.1.20", undefined],
  ["[::1]:4566", undefined],
  ["[::1]", undefined],
  ["localhost:4566", undefined],
  ["LocalHost", undefined],
  ["queues.localhost:4566", undefined],
  ["waystation:4566", undefined],
  ["my_service-1", undefined],
  ["host.docker.internal:4566", undefined],
  ["localhost.localstack.cloud:4566", undefined],
  ["sqs.eu-west-1.localhost.localstack.cloud:4566", undefined],
  ["eu-west-1.queue.localhost.localstack.cloud", undefined],
  ["s3.localhost.localstack.cloud:4566", undefined],
  ["queues.example.com:4566", undefined],
  ["app.localstack.cloud", FOREIGN_HOST],
  ["evil-localhost.localstack.cloud", FOREIGN_HOST],
  ["localhost.localstack.cloud.example.com", FOREIGN_HOST],
  ["example.com", FOREIGN_HOST],
  ["evil.example.com:4566", FOREIGN_HOST],
  ["localhost.example.com", FOREIGN_HOST],
  ["notlocalhost.", FOREIGN_HOST],
  ["evil.com:4566@localhost", FOREIGN_HOST],
  ["[::1].example.com", FOREIGN_HOST],
  ["127.0.0.1.example.com", FOREIGN_HOST],
  ["", FOREIGN_HOST],
] as const)("a request to the host %s gets the refusal %s", ([authority, refusal]) => {
  expect(refusalOf({ isDelivery: false, authority, origin: undefined }, "queues.example.com")).toBe(refusal);
});

test.for([
  ["localhost:4566", "http://localhost:4566", undefined],
  ["localhost:4566", "https://localhost:4566", undefined],
  ["LOCALHOST:4566", "http://localhost:4566", undefined],
  ["localhost.localstack.cloud:4566", "http://localhost.localstack.cloud:4566", undefined],
  ["localhost.localstack.cloud:4566", "https://app.localstack.cloud", FOREIGN_PAGE],
  ["localhost:4566", "http://localhost:3000", FOREIGN_PAGE],
  ["localhost:4566", "http://127.0.0.1:4566", FOREIGN_PAGE],
  ["localhost:4566", "http://evil.example", FOREIGN_PAGE],
  ["localhost:4566", "null", FOREIGN_PAGE],
  ["localhost:4566", "", FOREIGN_PAGE],
] as const)("a request to %s from a page of %s gets the refusal %s", ([authority, origin, refusal]) => {
  expect(refusalOf({ isDelivery: false, authority, origin }, "127.0.0.1")).toBe(refusal);
});

test("what the emulator itself delivers is refused, wherever it comes to", () => {
  const sender = { isDelivery: true, authority: "localhost:4566", origin: undefined };
  expect(refusalOf(sender, "localhost")).toBe("Control routes take no deliveries.");
});
