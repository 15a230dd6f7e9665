import { formatArn } from "../../kernel/arn.ts";
import type { Keeping } from "../../kernel/collection/by-scope.ts";
import type { IndexRange } from "../../kernel/collection/ordered-index.ts";
import type { Entry } from "../../kernel/event/event-log.ts";
import type { EventLogs } from "../../kernel/event/event-logs.ts";
import type { Ids } from "../../kernel/ids.ts";
import type { Scope } from "../../kernel/scope.ts";
import type { Clock } from "../../kernel/time/clock.ts";
import { type SandboxNumber, SmsState } from "./sms-state.ts";
import type { SmsEvent } from "./text-message.ts";

/** What an account's text messaging is given at construction. */
interface SmsDeps {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly logs: EventLogs;
  readonly kept: Keeping<SmsAccount>;
}

const PASSWORD_DIGITS = 6;

/** The text messaging of one account and region: its attributes, who wants no messages, and the sandbox's numbers. */
export class SmsAccount {
  readonly scope: Scope;
  readonly #deps: SmsDeps;
  readonly #state = new SmsState();

  constructor(scope: Scope, deps: SmsDeps) {
    this.scope = scope;
    this.#deps = deps;
  }

  get isEmpty(): boolean {
    return this.#state.isEmpty;
  }

  get attributes(): Readonly<Record<string, string>> {
    return this.#state.attributes;
  }

  /** In order, with a plus sign and nothing else between the digits, however they were given. */
  optedOutNumbers(range?: IndexRange): Iterable<string> {
    return this.#state.optedOutNumbers(range);
  }

  get sandboxNumberCount(): number {
    return this.#state.sandboxNumberCount;
  }

  /** By number. */
  sandboxNumbers(range?: IndexRange): Iterable<SandboxNumber> {
    return this.#state.sandboxNumbers(range);
  }

  hasOptedOut(number: string): boolean {
    return this.#state.hasOptedOut(e164(number));
  }

  sandboxNumber(number: string): SandboxNumber | undefined {
    return this.#state.sandboxNumber(number);
  }

  configure(attributes: Readonly<Record<string, string>>): void {
    this.#record({ type: "configured", at: this.#deps.clock.now(), attributes });
  }

  /** Has a number get no more messages, as when its owner answers STOP. */
  optOut(number: string): void {
    this.#record({ type: "optedOut", at: this.#deps.clock.now(), number: e164(number) });
  }

  optIn(number: string): void {
    this.#record({ type: "optedIn", at: this.#deps.clock.now(), number: e164(number) });
  }

  /** Adds a number that is not verified yet, or gives it a new password. Returns that password. */
  addSandboxNumber(number: string): string {
    const drawn = this.#deps.ids.bytes(6).readUIntBE(0, 6) % 10 ** PASSWORD_DIGITS;
    const oneTimePassword = String(drawn).padStart(PASSWORD_DIGITS, "0");
    this.#record({ type: "sandboxNumberAdded", at: this.#deps.clock.now(), number, oneTimePassword });
    return oneTimePassword;
  }

  verifySandboxNumber(number: string): void {
    this.#record({ type: "sandboxNumberVerified", at: this.#deps.clock.now(), number });
  }

  deleteSandboxNumber(number: string): void {
    this.#record({ type: "sandboxNumberDeleted", at: this.#deps.clock.now(), number });
  }

  /** Forgets everything. */
  reset(): void {
    this.#record({ type: "smsReset", at: this.#deps.clock.now() });
  }

  /** The entries that build the same; to be read to the end at once. */
  *entries(): Generator<Entry<SmsEvent>, void, void> {
    const resource = formatArn("sns", this.scope, "");
    for (const event of this.#state.events()) yield { resource, event };
  }

  /** Applies an event that a log kept. */
  replay(event: SmsEvent): void {
    this.#state.apply(event);
    this.#deps.kept.update(this);
  }

  /** The account and region stand for all of it. */
  #record(event: SmsEvent): void {
    this.replay(event);
    const log = this.#deps.logs.of(this.scope.account);
    if (log.isHeard) log.append([{ resource: formatArn("sns", this.scope, ""), event }]);
  }
}

/** A subscription's endpoint may have signs between its digits, and the plus sign can be left out everywhere. */
function e164(number: string): string {
  return `+${number.replace(/\D/g, "")}`;
}
