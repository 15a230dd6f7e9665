import { Envelopes } from "../../delivery/sns/envelope/envelopes.ts";
import { linkBaseOf } from "../../delivery/sns/envelope/links.ts";
import { Signing } from "../../delivery/sns/signature/signing.ts";
import type { PutObject } from "../../delivery/target/bucket-folder.ts";
import { MobileDirectory } from "../../engine/mobile/mobile-directory.ts";
import type { QueueDirectory } from "../../engine/queue/queue-directory.ts";
import { SmsDirectory } from "../../engine/sms/sms-directory.ts";
import type { Stream } from "../../engine/stream/stream.ts";
import { DataProtection } from "../../engine/topic/data-protection/data-protection.ts";
import type { Published } from "../../engine/topic/delivery.ts";
import { TopicDirectory } from "../../engine/topic/topic-directory.ts";
import { scopeOf } from "../../kernel/scope.ts";
import { lateService } from "../../service/late-service.ts";
import { snsModel, snsOperations } from "../../service/sns/sns-model.ts";
import { profiles } from "../settings/profiles.ts";
import { createDelivery, type DeliveryRoom, type ServedFunctions } from "./delivery.ts";
import { lateRoutes, type Module, type ModuleDeps } from "./module.ts";

/** What SNS needs of others. */
interface SnsPorts {
  /** Where messages to queues go. */
  readonly queues: QueueDirectory;
  /** The stream of that ARN, or undefined when there is none. */
  readonly streamOf: (arn: string) => Stream | undefined;
  /** Puts objects into buckets, where something stands in for those. */
  readonly put: PutObject | undefined;
  /** Which functions topics invoke, and how. */
  readonly functions: ServedFunctions;
}

/** SNS and what belongs to it. */
export interface Sns extends Module {
  readonly topics: TopicDirectory;
  readonly mobile: MobileDirectory;
  readonly sms: SmsDirectory;
  readonly listenToAttempts: DeliveryRoom["listenToAttempts"];
  readonly noted: DeliveryRoom["noted"];
  readonly pendingDeliveries: DeliveryRoom["pendingDeliveries"];
  readonly receivers: DeliveryRoom["receivers"];
  /** Where else messages go from here. */
  readonly targets: DeliveryRoom["targets"];
  readonly delayedDeliveries: DeliveryRoom["delayedDeliveries"];
  /** What is owed and what is shown of deliveries. */
  readonly kept: Pick<DeliveryRoom, "owed" | "deliveryLog" | "outboxStore">;
  /** The certificate in PEM that messages name with that path, or undefined when none does. */
  certificateAt(path: string): string | undefined;
}

/** Builds SNS on its engines, with everything between topics and receivers. */
export function createSns(deps: ModuleDeps, ports: SnsPorts): Sns {
  const { config, clockOf, soon, ids, sweeper } = deps;
  const logs = deps.logs.part("sns");
  const signing = new Signing(config.region);
  const envelopes = new Envelopes({ signer: signing, linkBase: linkBaseOf(config.snsUrl) });
  const mobile = new MobileDirectory({ clockOf, ids, logs });
  const sms = new SmsDirectory({ clockOf, ids, logs });
  const protection = new DataProtection(clockOf);
  const engines = { mobile, sms, protection };
  const topicOf = (arn: string) => topics.byArn(arn);
  const subscriptionOf = (arn: string) => topics.subscription(arn);
  const isAlive = (published: Published) => topics.isAlive(published);
  const delivery = createDelivery({ ...deps, ...ports, ...engines, envelopes, topicOf, subscriptionOf, isAlive });
  const { outbox, published, sendSms, push, announce, readOutbox, readDeliveries, listenToAttempts, noted } = delivery;
  const drained = () => deps.pulse.beat();
  const { topics: rules } = profiles[config.profile];
  const topics = new TopicDirectory({ clockOf, ids, outbox, published, rules, soon, sweeper, logs, drained });
  const protect = protection.inbound.bind(protection);
  return {
    service: lateService({ model: snsModel, operations: snsOperations }, async () => {
      const { createSnsService } = await import("../../service/sns/index.ts");
      return createSnsService({ topics, mobile, sms, ids, clockOf, ports: { sendSms, push, announce, protect } });
    }),
    topics,
    mobile,
    sms,
    listenToAttempts,
    noted,
    pendingDeliveries: () => delivery.pendingDeliveries(),
    receivers: delivery.receivers,
    targets: delivery.targets,
    delayedDeliveries: (account) => delivery.delayedDeliveries(account),
    kept: delivery,
    stores: [topics, mobile, sms, protection, delivery],
    certificateAt: (path) => signing.certificateAt(path),
    routes: lateRoutes(({ snsRoutes }) => snsRoutes, {
      readOutbox,
      readDeliveries,
      optOut: (number, { account = config.account, region = config.region }) =>
        sms.in(scopeOf(account, region)).optOut(number),
    }),
    close() {
      topics.close();
      delivery.close();
    },
  };
}
