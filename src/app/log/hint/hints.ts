import type { QueueDirectory } from "../../../engine/queue/queue-directory.ts";
import type { StreamDirectory } from "../../../engine/stream/account/stream-directory.ts";
import type { TopicDirectory } from "../../../engine/topic/topic-directory.ts";
import { nearestName } from "../../../kernel/nearest-name.ts";
import type { Exchange } from "../../../server/exchange.ts";
import type { ServedService } from "../../../service/service.ts";
import { hintAtMissing } from "./missing.ts";
import { queueHint } from "./queue-hints.ts";
import { type Refusal, textIn } from "./refusal.ts";
import { hintByArn, topicHint } from "./topic-hints.ts";

interface HintDeps {
  readonly services: readonly ServedService[];
  readonly queues: QueueDirectory;
  readonly topics: TopicDirectory;
  readonly streams: StreamDirectory;
}

/** Any signature is taken, and a test needs no secret. */
const SIGN = "sign the request: any access key id and secret will do, such as AWS_ACCESS_KEY_ID=test";

const NAMES_NO_SERVICE =
  "nothing in the request says which service it is for; GET / says what is served, and control routes are below /_waystation/";

/** By the shape of the error, whatever the service. */
const OF_ALL: Readonly<Record<string, string>> = {
  MissingAuthenticationTokenException: SIGN,
  IncompleteSignatureException: SIGN,
  ExpiredIteratorException:
    "a shard iterator lasts for five minutes; GetShardIterator gives a new one, AFTER_SEQUENCE_NUMBER where the last record was",
  ExpiredNextTokenException: "a NextToken lasts for five minutes; begin the listing anew",
  ProvisionedThroughputExceededException: "--kinesis-capacity off has no shard throttle",
};

/** Finds what may help whoever was refused, as what follows a sentence; undefined where there is nothing to say. */
export function hintsFor(deps: HintDeps): (refused: Exchange) => string | undefined {
  return ({ service, operation, resource, scope, errorCode, errorMessage = "", input }) => {
    if (errorCode === undefined || scope === undefined) return undefined;
    return hintFor({ service, operation, resource, scope, errorCode, errorMessage, input }, deps);
  };
}

function hintFor(refusal: Refusal, deps: HintDeps): string | undefined {
  const { service, errorCode } = refusal;
  if (Object.hasOwn(OF_ALL, errorCode)) return OF_ALL[errorCode];
  if (service === undefined && errorCode === "UnknownOperationException") return NAMES_NO_SERVICE;
  if (errorCode === "UnknownOperationException" || errorCode === "InvalidAction") return operationHint(refusal, deps);
  if (service === "sqs") return queueHint(refusal, deps.queues);
  if (service === "sns") return topicHint(refusal, deps.topics);
  return service === "kinesis" ? streamHint(refusal, deps) : undefined;
}

function operationHint({ service, operation = "" }: Refusal, { services }: HintDeps): string | undefined {
  const names = services.find(({ model }) => model.id === service)?.operations.keys() ?? [];
  const nearest = nearestName(operation.slice(operation.lastIndexOf(".") + 1), [...names]);
  return nearest && `did you mean ${nearest}?`;
}

function streamHint(refusal: Refusal, { streams }: HintDeps): string | undefined {
  const { input, errorCode, errorMessage, scope } = refusal;
  if (errorCode !== "ResourceNotFoundException" || !errorMessage.startsWith("Stream ")) return undefined;
  const name = textIn(input, "StreamName");
  if (name === undefined) return hintByArn(streams, "stream", textIn(input, "StreamARN"));
  return hintAtMissing(streams, { noun: "stream", name, account: scope.account, region: scope.region });
}
