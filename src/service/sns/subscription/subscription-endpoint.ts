import type { MobileDirectory } from "../../../engine/mobile/mobile-directory.ts";
import type { SubscriptionProtocol } from "../../../engine/topic/notification.ts";
import { type Arn, parseArn } from "../../../kernel/arn.ts";
import { InvalidParameter, invalid, invalidParameter } from "../errors.ts";

/** What an endpoint is checked against. */
interface Surroundings {
  readonly mobile: MobileDirectory;
  readonly isFifo: boolean;
}

type CheckEndpoint = (endpoint: string, surroundings: Surroundings) => void;

/** A number, its digits parted by single signs at most. Observed: `+15--551234567` and `+15551234567.` are refused. */
const SMS_ENDPOINT = /^\+?\d+(?:[-./ ]\d+)*$/;
const EMAIL_ADDRESS = /^[^\s@]+@[^\s@]+$/;

/** What each protocol asks of its endpoint. Whether a queue exists is not asked. */
const checks: Readonly<Record<SubscriptionProtocol, CheckEndpoint>> = {
  http: (endpoint) => checkUrl(endpoint, "http:"),
  https: (endpoint) => checkUrl(endpoint, "https:"),
  email: checkAddress,
  "email-json": checkAddress,
  sms(endpoint) {
    // AWS: without the words all other texts begin with.
    if (!SMS_ENDPOINT.test(endpoint)) throw new InvalidParameter(`Invalid SMS endpoint: ${endpoint}`);
  },
  sqs(endpoint, { isFifo }) {
    const { resource } = checkArn(endpoint, "sqs", "SQS endpoint ARN");
    if (!isFifo && resource.endsWith(".fifo")) {
      // AWS: said twice.
      throw invalid("Invalid parameter: Endpoint Reason: FIFO SQS Queues can not be subscribed to standard SNS topics");
    }
  },
  lambda: (endpoint) => checkArn(endpoint, "lambda", "Lambda endpoint ARN"),
  firehose: (endpoint) => checkArn(endpoint, "firehose", "Firehose endpoint ARN"),
  application(endpoint, { mobile }) {
    checkArn(endpoint, "sns", "ApplicationEndpoint ARN");
    if (mobile.endpoint(endpoint) !== undefined) return;
    // AWS: no blank before the ARN.
    throw invalidParameter("Endpoint", `Endpoint does not exist for endpoint arn${endpoint}`);
  },
};

/** The protocol of that name, if a topic of that type can have subscribers of it. Throws InvalidParameter. */
export function protocolNamed(name: string, { isFifo }: Pick<Surroundings, "isFifo">): SubscriptionProtocol {
  if (!isProtocol(name)) throw invalid(`Amazon SNS does not support this protocol string: ${name}`);
  if (isFifo && name !== "sqs") throw invalid(`Invalid protocol type: ${name}`);
  return name;
}

/** Throws InvalidParameter unless the endpoint is one of that protocol. */
export function checkEndpoint(protocol: SubscriptionProtocol, endpoint: string, surroundings: Surroundings): void {
  if (endpoint === "") throw invalidParameter("Endpoint");
  checks[protocol](endpoint, surroundings);
}

function isProtocol(name: string): name is SubscriptionProtocol {
  return Object.hasOwn(checks, name);
}

function checkUrl(endpoint: string, scheme: "http:" | "https:"): void {
  if (!endpoint.toLowerCase().startsWith(`${scheme}//`)) {
    throw invalid("Endpoint must match the specified protocol");
  }
  if (!URL.canParse(endpoint)) throw invalid("Unreachable endpoint");
}

function checkAddress(endpoint: string): void {
  if (!EMAIL_ADDRESS.test(endpoint)) throw invalid("Email address");
}

function checkArn(endpoint: string, service: string, subject: string): Arn {
  const arn = parseArn(endpoint);
  if (arn?.service !== service) throw invalidParameter(subject);
  return arn;
}
