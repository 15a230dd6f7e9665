import type { MobileDirectory } from "../../../engine/mobile/mobile-directory.ts";
import { type Arn, parseArn } from "../../../kernel/arn.ts";
import { InvalidParameter, invalid, invalidParameter } from "../errors.ts";

/** What an endpoint is checked against. */
interface Surroundings {
  readonly mobile: MobileDirectory;
  readonly isFifo: boolean;
}

/** Throws InvalidParameter unless the endpoint is one that the protocol can have. Whether a queue exists is not asked. */
export type CheckEndpoint = (endpoint: string, surroundings: Surroundings) => void;

/** A number, its digits parted by single signs at most. Observed: `+15--551234567` and `+15551234567.` are refused. */
const SMS_ENDPOINT = /^\+?\d+(?:[-./ ]\d+)*$/;
const EMAIL_ADDRESS = /^[^\s@]+@[^\s@]+$/;

export function url(scheme: "http:" | "https:"): CheckEndpoint {
  return (endpoint) => {
    if (!endpoint.toLowerCase().startsWith(`${scheme}//`)) {
      throw invalid("Endpoint must match the specified protocol");
    }
    if (!URL.canParse(endpoint)) throw invalid("Unreachable Endpoint");
  };
}

export function address(endpoint: string): void {
  if (!EMAIL_ADDRESS.test(endpoint)) throw invalid("Email address");
}

export function phoneNumber(endpoint: string): void {
  // AWS: without the words all other texts begin with.
  if (!SMS_ENDPOINT.test(endpoint)) throw new InvalidParameter(`Invalid SMS endpoint: ${endpoint}`);
}

export const queueArn: CheckEndpoint = (endpoint, { isFifo }) => {
  const { resource } = checkArn(endpoint, "sqs", "SQS endpoint ARN");
  if (!isFifo && resource.endsWith(".fifo")) {
    // AWS: said twice.
    throw invalid("Invalid parameter: Endpoint Reason: FIFO SQS Queues can not be subscribed to standard SNS topics");
  }
};

export function functionArn(endpoint: string): void {
  checkArn(endpoint, "lambda", "Lambda endpoint ARN");
}

export function deliveryStreamArn(endpoint: string): void {
  checkArn(endpoint, "firehose", "Firehose endpoint ARN");
}

export const platformEndpointArn: CheckEndpoint = (endpoint, { mobile }) => {
  const { resource } = checkArn(endpoint, "sns", "ApplicationEndpoint ARN");
  // AWS: no blank before the ARN here, either.
  if (!resource.startsWith("endpoint/")) throw invalid(`Application endpoint arn invalid:${endpoint}`);
  if (mobile.endpoint(endpoint) !== undefined) return;
  // AWS: no blank before the ARN.
  throw invalidParameter("Endpoint", `Endpoint does not exist for endpoint arn${endpoint}`);
};

function checkArn(endpoint: string, service: string, subject: string): Arn {
  const arn = parseArn(endpoint);
  if (arn?.service !== service) throw invalidParameter(subject);
  return arn;
}
