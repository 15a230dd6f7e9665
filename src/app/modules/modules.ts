import { bucketsIn } from "../../delivery/target/bucket-folder.ts";
import type { LookingDeps } from "../../server/control/routes/listing.ts";
import type { Looking } from "../../server/control/routes/looking.ts";
import { type CloudFormation, lateCloudFormation } from "./cloudformation.ts";
import type { ServedFunctions } from "./delivery.ts";
import { type DeploySupport, lateDeploySupport } from "./deploy-support.ts";
import { lateLooking } from "./fixture.ts";
import { createKinesis, type Kinesis } from "./kinesis.ts";
import { type Lambda, lateLambda } from "./lambda.ts";
import type { Module, ModuleDeps } from "./module.ts";
import { createSns, type Sns } from "./sns.ts";
import { createSqs, type Sqs } from "./sqs.ts";

/** Whatever is served, and what the emulator's own routes show and change of it. */
export interface Modules {
  readonly list: readonly Module[];
  readonly control: LookingDeps<Looking>;
  readonly inside: Inside;
  readonly certificateAt: Sns["certificateAt"];
}

/** What is behind the services, for whoever looks at it and waits for it. */
export interface Inside
  extends Pick<Sqs, "queues">,
    Pick<Sns, "topics" | "mobile" | "sms" | "listenToAttempts" | "noted" | "receivers" | "kept">,
    Pick<Kinesis, "streams" | "pendingInChannels" | "channelDeliveries">,
    Pick<Lambda, "functions" | "functionCode" | "mappings" | "readings" | "asynchronous" | "invocationLog">,
    Pick<Lambda, "delayedInvocations" | "mappingsLater" | "functionNotes">,
    Pick<CloudFormation, "stacks" | "stackWaits">,
    Pick<DeploySupport, "parameters" | "assets"> {}

/**
 * Everything that is served, in the order in which it is shown; who calls does not notice it. The engines of SQS, SNS and Kinesis are
 * there from the start, since they deliver to each other. Their operations are loaded with the first call, as is what stands beside them.
 */
export function messagingModules(deps: ModuleDeps): Modules {
  const { channelDir } = deps.config;
  const put = channelDir === undefined ? undefined : bucketsIn(channelDir);
  const sqs = createSqs(deps);
  const kinesis = createKinesis(deps, put);
  // Topics invoke functions, whose ends topics are told of.
  const functionsOfTopics: ServedFunctions = {
    areServed: (functionArn) => lambda.asynchronous.areServed(functionArn),
    handOver: (job) => lambda.asynchronous.handOver(job),
  };
  const sns = createSns(deps, { queues: sqs.queues, streamOf: kinesis.streamOf, put, functions: functionsOfTopics });
  const { queues } = sqs;
  const { streams } = kinesis;
  const lambda = lateLambda(deps, {
    sources: { queues, streams },
    targets: sns.targets,
    // Functions make resources of stacks, which wait for them.
    hopeless: ({ functionArn, payload }, reason) =>
      cloudFormation.makerFailed(payload, `${functionArn} failed: ${reason}`),
  });
  const { functions, functionCode, mappings, readings, asynchronous, invocationLog } = lambda;
  const { delayedInvocations, mappingsLater, functionNotes } = lambda;
  const cloudFormation = lateCloudFormation(deps);
  const { stacks, stackWaits } = cloudFormation;
  const looking = lateLooking({
    clockOf: deps.clockOf,
    queues: sqs.queues,
    topics: sns.topics,
    streams: kinesis.streams,
    pendingDeliveries: sns.pendingDeliveries,
    delayedDeliveries: sns.delayedDeliveries,
    flushes: kinesis.flushes,
    functions,
    mappings,
    functionEvents: asynchronous.owed,
    mappingsDue: (account) => mappingsLater.due(account),
    delayedInvocations: (account) => delayedInvocations.upcoming(account),
    ...{ stacks, stackWaits },
  });
  const { topics, mobile, sms, listenToAttempts, noted, receivers, kept, certificateAt } = sns;
  const { pendingInChannels, channelDeliveries } = kinesis;
  const { modules, parameters, assets } = lateDeploySupport(deps);
  return {
    list: [sqs, sns, kinesis, lambda, ...modules, cloudFormation],
    control: { looking },
    inside: {
      ...{
        queues,
        topics,
        mobile,
        sms,
        streams,
        functions,
        functionCode,
        mappings,
        readings,
        asynchronous,
        invocationLog,
        delayedInvocations,
        mappingsLater,
        functionNotes,
      },
      ...{ stacks, stackWaits, parameters, assets },
      ...{ listenToAttempts, noted, receivers, kept, pendingInChannels, channelDeliveries },
    },
    certificateAt,
  };
}
