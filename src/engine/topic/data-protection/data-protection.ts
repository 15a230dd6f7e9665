import { parseArn } from "../../../kernel/arn.ts";
import { Deque } from "../../../kernel/collection/deque.ts";
import { present } from "../../../kernel/present.ts";
import type { Clock } from "../../../kernel/time/clock.ts";
import type { NotificationDelivery, PublishingTopic } from "../delivery.ts";
import { type NewNotification, Notification } from "../notification.ts";
import { compileDataProtectionPolicy } from "./compile.ts";
import { type Finding, judge, StepBudget, statementsFor, TooManySteps, type Verdict } from "./judge.ts";
import type { DataProtectionPolicy, Statement } from "./policy.ts";

/** What an audit found in a message, with what AWS writes to the audit's destination. */
interface AuditRecord {
  readonly callerPrincipal: string;
  readonly resourceArn: string;
  readonly dataIdentifiers: readonly Finding[];
  /** Epoch milliseconds. */
  readonly at: number;
}

/** The policy denies a message, or its patterns would take too long to be searched for in it. */
export type Refusal = "denied" | "too much";

const MAX_AUDITS = 1000;
/** Compiled policies kept; one for each topic that has one is plenty. */
const MAX_COMPILED = 1000;
const NO_POLICY: DataProtectionPolicy = { statements: [] };

/**
 * Applies the data protection policies of topics to what goes in and out. Only the text of a message is looked at, not
 * its subject or its attributes. GAP: audit records stay here, and say nothing of messages in which nothing was found.
 */
export class DataProtection {
  readonly #clockOf: (account: string) => Clock;
  readonly #compiled = new Map<string, DataProtectionPolicy>();
  #audits = new Deque<AuditRecord>();
  /** The last notification that was changed on its way out, as its next receivers are likely to get it too. */
  #changed: { readonly from: Notification; readonly to: Notification } | undefined;

  /** The last verdict on what goes out, as other subscribers are likely to be told the same. */
  #judged: { readonly by: readonly Statement[]; readonly text: string; readonly verdict: Verdict } | undefined;

  constructor(clockOf: (account: string) => Clock) {
    this.#clockOf = clockOf;
  }

  /** The latest audit records, oldest first. */
  get audits(): readonly AuditRecord[] {
    return Array.from({ length: this.#audits.size }, (_, index) => present(this.#audits.at(index), "an audit"));
  }

  /** Forgets what audits found, everywhere or in one account. */
  reset(account?: string): void {
    const kept = account === undefined ? [] : this.audits.filter((audit) => accountOf(audit) !== account);
    this.#audits = new Deque<AuditRecord>();
    for (const audit of kept) this.#audits.push(audit);
  }

  /** What becomes of a message that the principal publishes. */
  inbound(topic: PublishingTopic, content: NewNotification, principal: string): NewNotification | Refusal {
    return unlessTooMuch(() => this.#inbound(topic, content, principal));
  }

  #inbound(topic: PublishingTopic, content: NewNotification, principal: string): NewNotification | "denied" {
    const statements = statementsFor(this.#policyOf(topic), { direction: "Inbound", principal });
    const budget = new StepBudget();
    const verdictOn = (text: string): Verdict => judge(statements, text, budget);
    const branches = Object.entries(content.structure ?? {}).map(([name, text]) => [name, verdictOn(text)] as const);
    const message = verdictOn(content.message);
    const verdicts = content.structure === undefined ? [message] : branches.map(([, verdict]) => verdict);
    this.#audit(topic, principal, verdicts);
    if (verdicts.some(({ isDenied }) => isDenied)) return "denied";
    const structure = content.structure && Object.fromEntries(branches.map(([name, { text }]) => [name, text]));
    return { ...content, message: message.text, structure };
  }

  /** What becomes of a message on its way to a subscriber. */
  outbound(delivery: NotificationDelivery): NotificationDelivery | Refusal {
    if (delivery.topic.definition.dataProtectionPolicy === undefined) return delivery;
    return unlessTooMuch(() => this.#outbound(delivery));
  }

  #outbound(delivery: NotificationDelivery): NotificationDelivery | "denied" {
    const { topic, subscription, notification } = delivery;
    const message = notification.messageFor(subscription.protocol);
    const passage = { direction: "Outbound", principal: subscription.principal } as const;
    const { isDenied, text } = this.#verdictOn(message, statementsFor(this.#policyOf(topic), passage));
    if (isDenied) return "denied";
    return text === message ? delivery : { ...delivery, notification: this.#withMessage(notification, text) };
  }

  #verdictOn(text: string, statements: readonly Statement[]): Verdict {
    const last = this.#judged;
    const isSame =
      last?.text === text &&
      last.by.length === statements.length &&
      last.by.every((statement, index) => statement === statements[index]);
    if (isSame) return last.verdict;
    const verdict = judge(statements, text, new StepBudget());
    this.#judged = { by: statements, text, verdict };
    return verdict;
  }

  #withMessage(from: Notification, message: string): Notification {
    if (this.#changed?.from !== from || this.#changed.to.message !== message) {
      this.#changed = { from, to: new Notification(from, { ...from, message, structure: undefined }) };
    }
    return this.#changed.to;
  }

  #audit({ arn, scope }: PublishingTopic, callerPrincipal: string, verdicts: readonly Verdict[]): void {
    const dataIdentifiers = verdicts.flatMap(({ findings }) => findings);
    if (dataIdentifiers.length === 0) return;
    this.#audits.push({ callerPrincipal, resourceArn: arn, dataIdentifiers, at: this.#clockOf(scope.account).now() });
    if (this.#audits.size > MAX_AUDITS) this.#audits.shift();
  }

  #policyOf({ definition }: PublishingTopic): DataProtectionPolicy {
    const text = definition.dataProtectionPolicy ?? "";
    const known = this.#compiled.get(text);
    if (known !== undefined) return known;
    const result = compileDataProtectionPolicy(text);
    const policy = "policy" in result ? result.policy : NO_POLICY;
    if (this.#compiled.size >= MAX_COMPILED) this.#compiled.clear();
    this.#compiled.set(text, policy);
    return policy;
  }
}

function unlessTooMuch<T>(protect: () => T): T | "too much" {
  try {
    return protect();
  } catch (cause) {
    if (cause instanceof TooManySteps) return "too much";
    throw cause;
  }
}

function accountOf({ resourceArn }: AuditRecord): string | undefined {
  return parseArn(resourceArn)?.account;
}
