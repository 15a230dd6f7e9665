import { expect, test } from "vitest";
import { linkBaseOf } from "../../../../src/delivery/sns/envelope/links.ts";

test.for([
  [undefined, "http://queue.test:4566"],
  ["https://sns.{region}.amazonaws.com", "https://sns.eu-west-1.amazonaws.com"],
  ["https://sns.{region}.amazonaws.com/", "https://sns.eu-west-1.amazonaws.com"],
  ["http://proxy/{region}/{region}//", "http://proxy/eu-west-1/eu-west-1"],
  ["http://localhost:4566", "http://localhost:4566"],
] as const)("with the template %s links start with %s", ([template, base]) => {
  expect(linkBaseOf(template)("http://queue.test:4566", "eu-west-1")).toBe(base);
});
