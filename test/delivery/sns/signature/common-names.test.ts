import { expect, test } from "vitest";
import { commonNameOf } from "../../../../src/delivery/sns/signature/common-names.ts";

// As AWS's Java SDKs expect them.
test.for([
  ["us-east-1", "sns.amazonaws.com"],
  ["eu-west-1", "sns.amazonaws.com"],
  ["af-south-1", "sns-signing.af-south-1.amazonaws.com"],
  ["mx-central-1", "sns-signing.mx-central-1.amazonaws.com"],
  ["us-gov-west-1", "sns-us-gov-west-1.amazonaws.com"],
  ["us-gov-east-1", "sns-us-gov-west-1.amazonaws.com"],
  ["cn-north-1", "sns-cn-north-1.amazonaws.com.cn"],
  ["us-isof-south-1", "sns-signing.us-isof-south-1.csp.hci.ic.gov"],
  ["eusc-de-east-1", "sns-signing.eusc-de-east-1.amazonaws.eu"],
  ["toString", "sns.amazonaws.com"],
] as const)("messages of %s are signed by %s", ([region, name]) => {
  expect(commonNameOf(region)).toBe(name);
});
