import type { Stream } from "../../../engine/stream/stream.ts";
import { required, structure } from "../../../model/shape.ts";
import {
  InvalidArgumentException,
  LimitExceededException,
  ResourceInUseException,
  ResourceNotFoundException,
  ValidationException,
} from "../errors.ts";
import { streamOperation } from "../operation.ts";
import { noCommitment, notActive, rateExceeded, under, warmsOnDemandOnly } from "../refusals.ts";
import { naturalInteger, streamArn, streamId, streamModeDetails } from "../shapes.ts";
import { onDemandLimit } from "../stream/creation-refusal.ts";
import { checkWarmThroughput } from "../stream/warm-throughput.ts";

/** Takes a stream to the other capacity mode with its shards as they are. API_UpdateStreamMode. */
export const updateStreamMode = streamOperation({
  name: "UpdateStreamMode",
  rate: { perSecond: 5, of: "stream" },
  input: structure({
    StreamARN: required(streamArn),
    StreamId: streamId,
    StreamModeDetails: required(streamModeDetails),
    WarmThroughputMiBps: naturalInteger,
  }),
  errors: [
    InvalidArgumentException,
    LimitExceededException,
    ResourceInUseException,
    ResourceNotFoundException,
    ValidationException,
  ],
  gaps: ["A stream that has channels stays on-demand, which its channels need; whether AWS sees to that is not known."],
  handle({ stream, quotas, directory }, { StreamModeDetails, WarmThroughputMiBps: miBps }) {
    const isOnDemand = StreamModeDetails.StreamMode === "ON_DEMAND";
    if (!isOnDemand && miBps !== undefined) throw warmsOnDemandOnly();
    checkWarmThroughput(miBps);
    if (!isOnDemand && directory.in(stream.scope).channels.countOf(stream.arn) > 0) throw stillHas("channels", stream);
    const outcome = stream.configuration.changeMode(isOnDemand ? "ON_DEMAND" : "PROVISIONED", miBps);
    if (outcome === "notActive") throw notActive(stream);
    if (outcome === "hasQueues") throw stillHas("queues", stream);
    if (outcome === "tooOften") throw rateExceeded(stream);
    if (outcome === "onDemandLimit") throw onDemandLimit(directory.in(stream.scope), quotas);
    if (outcome === "noCommitment") throw noCommitment(stream.scope);
  },
});

/** Of what only on-demand streams can have. The text is ours. */
function stillHas(what: "channels" | "queues", stream: Stream) {
  return new ResourceInUseException(`The mode of ${under(stream)} cannot be changed because it has ${what}.`);
}
