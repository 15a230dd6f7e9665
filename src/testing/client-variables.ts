/** What clients are told by their environment. */
interface ClientPlace {
  readonly endpoint: string;
  readonly region: string;
  /** An account id, or any other access key id. */
  readonly accessKeyId: string;
}

/** The services whose clients have a variable of their own for where they are. */
const SERVICES = ["SQS", "SNS", "KINESIS"];

/** Has every client of AWS in a process come here. */
export function clientVariables({ endpoint, region, accessKeyId }: ClientPlace): Readonly<Record<string, string>> {
  return { AWS_ENDPOINT_URL: endpoint, ...callerVariables(region, accessKeyId) };
}

/** Has the clients of what is served here come here, and leaves those of other services to whoever serves them. */
export function mixedVariables({ endpoint, region, accessKeyId }: ClientPlace): Readonly<Record<string, string>> {
  return { ...endpointVariables(endpoint), ...callerVariables(region, accessKeyId) };
}

/** Where the services are that are served here. */
export function endpointVariables(endpoint: string): Readonly<Record<string, string>> {
  return Object.fromEntries(SERVICES.map((service) => [`AWS_ENDPOINT_URL_${service}`, endpoint]));
}

/** Tools of different ages look for the region in one of two places. */
function callerVariables(region: string, accessKeyId: string): Readonly<Record<string, string>> {
  return {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_DEFAULT_REGION: region,
    AWS_REGION: region,
  };
}
