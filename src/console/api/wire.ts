/** How a service takes its calls. */
type Wire =
  | { readonly format: "json"; readonly target: string; readonly version: "1.0" | "1.1" }
  | { readonly format: "query"; readonly version: string };

/** How services are called that all take calls at the same path. */
export const wires = {
  sqs: { format: "json", target: "AmazonSQS", version: "1.0" },
  kinesis: { format: "json", target: "Kinesis_20131202", version: "1.1" },
  ssm: { format: "json", target: "AmazonSSM", version: "1.1" },
  sns: { format: "query", version: "2010-03-31" },
  sts: { format: "query", version: "2011-06-15" },
  cloudformation: { format: "query", version: "2010-05-15" },
} as const satisfies Readonly<Record<string, Wire>>;

/** The wire of a service by its id, if it has one of those. */
export function wireOf(service: string): Wire | undefined {
  return Object.hasOwn(wires, service) ? wires[service as keyof typeof wires] : undefined;
}

interface Signed {
  readonly account: string;
  readonly region: string;
  readonly service: string;
}

const SIGNED_ON = "20260101";

/** The headers that say which account and region are meant. The signature is none, which nobody checks; that there is one is checked. */
export function signatureOf({ account, region, service }: Signed): Readonly<Record<string, string>> {
  const credential = `${account}/${SIGNED_ON}/${region}/${service}/aws4_request`;
  return {
    "X-Amz-Date": `${SIGNED_ON}T000000Z`,
    Authorization: `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host, Signature=${"0".repeat(64)}`,
  };
}

/** The path of the invocations of a function. */
export function invokePath(name: string, qualifier: string): string {
  return `/2015-03-31/functions/${encodeURIComponent(name)}/invocations?Qualifier=${encodeURIComponent(qualifier)}`;
}
