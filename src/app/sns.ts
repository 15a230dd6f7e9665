import { linkBaseOf } from "../delivery/sns/envelope/links.ts";
import { SignedEnvelopes } from "../delivery/sns/envelope/signed-envelopes.ts";
import { Signing } from "../delivery/sns/signature/signing.ts";
import type { PutObject } from "../delivery/target/bucket-folder.ts";
import { MobileDirectory } from "../engine/mobile/mobile-directory.ts";
import type { QueueDirectory } from "../engine/queue/queue-directory.ts";
import { SmsDirectory } from "../engine/sms/sms-directory.ts";
import type { Stream } from "../engine/stream/stream.ts";
import { DataProtection } from "../engine/topic/data-protection/data-protection.ts";
import type { Published } from "../engine/topic/subscription-register.ts";
import { TopicDirectory } from "../engine/topic/topic-directory.ts";
import type { Clock } from "../kernel/clock.ts";
import type { EventLogs } from "../kernel/event-logs.ts";
import type { Ids } from "../kernel/ids.ts";
import { scopeOf } from "../kernel/scope.ts";
import type { Sweeper } from "../kernel/sweeper.ts";
import type { OptOut } from "../server/control/opt-outs.ts";
import type { Logger } from "../server/log.ts";
import type { Service } from "../service/service.ts";
import { createSnsService } from "../service/sns/index.ts";
import { createDelivery, type DeliveryRoom } from "./delivery.ts";
import { profiles } from "./profiles.ts";
import type { Config } from "./settings.ts";

interface SnsParts {
  readonly clockOf: (account: string) => Clock;
  readonly soon: (task: () => void) => void;
  readonly ids: Ids;
  /** Of SNS alone. */
  readonly logs: EventLogs;
  readonly log: Logger;
  readonly sweeper: Sweeper;
  /** Where messages to queues go. */
  readonly queues: QueueDirectory;
  /** The stream of that ARN, or undefined when there is none. */
  readonly streamOf: (arn: string) => Stream | undefined;
  /** Puts objects into buckets, where something stands in for those. */
  readonly put: PutObject | undefined;
}

/** SNS and what belongs to it. */
export interface Sns extends Pick<DeliveryRoom, "readOutbox" | "readDeliveries"> {
  readonly service: Service;
  /** The certificate in PEM that messages name with that path, or undefined when none does. */
  certificateAt(path: string): string | undefined;
  readonly optOut: OptOut;
  /** Forgets everything, or everything of one account. */
  reset(account?: string): void;
  /** Ends whatever runs by itself. */
  close(): void;
}

/** Builds SNS on its engines, with everything between topics and receivers. */
export function createSns(config: Config, parts: SnsParts): Sns {
  const { clockOf, soon, ids, logs, queues, sweeper } = parts;
  const signing = new Signing(config.region);
  const envelopes = new SignedEnvelopes({ signer: signing, linkBase: linkBaseOf(config.snsUrl) });
  const mobile = new MobileDirectory({ clockOf, ids, logs });
  const sms = new SmsDirectory({ clockOf, ids, logs });
  const protection = new DataProtection(clockOf);
  const engines = { queues, mobile, sms, protection };
  const topicOf = (arn: string) => topics.byArn(arn);
  const isAlive = (published: Published) => topics.isAlive(published);
  const delivery = createDelivery({ config, envelopes, topicOf, isAlive, ...parts, ...engines });
  const { outbox, sendSms, push, announce, readOutbox, readDeliveries } = delivery;
  const { topics: rules } = profiles[config.profile];
  const topics = new TopicDirectory({ clockOf, ids, outbox, rules, soon, sweeper, logs });
  const protect = protection.inbound.bind(protection);
  const stores = [topics, mobile, sms, protection, delivery];
  return {
    service: createSnsService({ topics, mobile, sms, ids, clockOf, ports: { sendSms, push, announce, protect } }),
    certificateAt: (path) => signing.certificateAt(path),
    readOutbox,
    readDeliveries,
    optOut: (number, { account = config.account, region = config.region }) =>
      sms.in(scopeOf(account, region)).optOut(number),
    reset: (account) => stores.forEach((store) => void store.reset(account)),
    close() {
      topics.close();
      delivery.close();
    },
  };
}
