/**
 * Whom a region's signing certificate is made out to, where it is not `sns.amazonaws.com`. From the tables that the
 * message managers of AWS's Java SDKs hold certificates against. The regions that are opted into have names of their own.
 */
const COMMON_NAMES = new Map([
  ["cn-north-1", "sns-cn-north-1.amazonaws.com.cn"],
  ["cn-northwest-1", "sns-cn-northwest-1.amazonaws.com.cn"],
  ["us-gov-west-1", "sns-us-gov-west-1.amazonaws.com"],
  ["us-gov-east-1", "sns-us-gov-west-1.amazonaws.com"],
  ["us-iso-east-1", "sns-us-iso-east-1.c2s.ic.gov"],
  ["us-isob-east-1", "sns-us-isob-east-1.sc2s.sgov.gov"],
  ["us-isof-east-1", "sns-signing.us-isof-east-1.csp.hci.ic.gov"],
  ["us-isof-south-1", "sns-signing.us-isof-south-1.csp.hci.ic.gov"],
  ["eu-isoe-west-1", "sns-signing.eu-isoe-west-1.cloud.adc-e.uk"],
  ["eusc-de-east-1", "sns-signing.eusc-de-east-1.amazonaws.eu"],
]);

const OPT_IN_REGIONS = new Set([
  "af-south-1",
  "ap-east-1",
  "ap-east-2",
  "ap-south-2",
  "ap-southeast-3",
  "ap-southeast-4",
  "ap-southeast-5",
  "ap-southeast-6",
  "ap-southeast-7",
  "ca-west-1",
  "eu-central-2",
  "eu-south-1",
  "eu-south-2",
  "il-central-1",
  "me-central-1",
  "me-south-1",
  "mx-central-1",
]);

/** The name in the certificate that a region's messages are signed with. */
export function commonNameOf(region: string): string {
  if (OPT_IN_REGIONS.has(region)) return `sns-signing.${region}.amazonaws.com`;
  return COMMON_NAMES.get(region) ?? "sns.amazonaws.com";
}
