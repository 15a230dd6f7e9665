import type { TopicDirectory } from "../../../engine/topic/topic-directory.ts";
import { formatArn, parseArn } from "../../../kernel/arn.ts";
import { readQueueAddress, scopeOfAddress } from "../../../service/sqs/queue/queue-address.ts";
import { type Directory, hintAtMissing } from "./missing.ts";
import { type Refusal, textIn } from "./refusal.ts";

/** The members that name a topic or something of it. */
const ARN_MEMBERS = ["TopicArn", "TargetArn", "ResourceArn", "SubscriptionArn"] as const;

/** What may help whoever SNS refused something. */
export function topicHint(refusal: Refusal, topics: TopicDirectory): string | undefined {
  const { operation, input, errorMessage } = refusal;
  const name = textIn(input, "Name");
  if (operation === "CreateTopic" && name?.endsWith(".fifo") && errorMessage.includes("Topic Name")) {
    return "did you mean FifoTopic=true?";
  }
  const given = ARN_MEMBERS.map((member) => textIn(input, member)).find((text) => text !== undefined);
  if (errorMessage === "Topic does not exist" || errorMessage === "Resource does not exist") {
    return hintAtStranger(given) ?? hintByArn(topics, "topic", given);
  }
  const parameter = /^Invalid parameter: (.*)$/.exec(errorMessage)?.[1];
  if (parameter === undefined) return undefined;
  if (parameter.startsWith("Endpoint must match") || parameter.endsWith("endpoint ARN")) return endpointHint(refusal);
  return ARN_MEMBERS.some((member) => parameter.startsWith(member)) ? arnHint(refusal, topics, given) : undefined;
}

/** Where there is something of the ARN's name, or which name may have been meant. */
export function hintByArn(directory: Directory, noun: string, text: string | undefined): string | undefined {
  const arn = text === undefined ? undefined : parseArn(text);
  if (arn === undefined) return undefined;
  const { account, region, resource } = arn;
  return hintAtMissing(directory, { noun, name: resource.slice(resource.indexOf("/") + 1), account, region });
}

/** Why an ARN is none for this call: it is a name, or another region's. */
function arnHint({ scope }: Refusal, topics: TopicDirectory, given = ""): string | undefined {
  const region = parseArn(given)?.region;
  if (region === scope.region) return hintAtStranger(given);
  if (region !== undefined) return `the ARN says ${region}, the call is signed for ${scope.region}`;
  const isThere = topics.within(scope).some((shelf) => shelf.find(given) !== undefined);
  return isThere ? `did you mean ${formatArn("sns", scope, given)}?` : "a topic's ARN is what CreateTopic gave";
}

function hintAtStranger(given = ""): string | undefined {
  const service = parseArn(given)?.service;
  return service === undefined || service === "sns" ? undefined : `it is an ARN of ${service}, not of a topic`;
}

function endpointHint({ input, scope }: Refusal): string | undefined {
  const protocol = textIn(input, "Protocol");
  const endpoint = textIn(input, "Endpoint") ?? "";
  const scheme = /^(https?):\/\//i.exec(endpoint)?.[1]?.toLowerCase();
  if (protocol === "http" || protocol === "https") return scheme && `did you mean Protocol=${scheme}?`;
  if (endpoint.startsWith("arn:")) return undefined;
  if (protocol === "lambda") return "the Endpoint of a function is its ARN";
  const address = protocol === "sqs" ? readQueueAddress(endpoint) : undefined;
  return (
    address &&
    `the Endpoint of a queue is its ARN: did you mean ${formatArn("sqs", scopeOfAddress(address, scope), address.name)}?`
  );
}
