import type { Keeping } from "../../kernel/by-scope.ts";
import type { Ids } from "../../kernel/ids.ts";
import type { Journal } from "../../kernel/journal.ts";
import { type IndexRange, OrderedIndex } from "../../kernel/ordered-index.ts";
import { present } from "../../kernel/present.ts";
import type { Scope } from "../../kernel/scope.ts";
import type { SmsEvent } from "./events.ts";

/** A destination for text messages from the sandbox. */
interface SandboxNumber {
  readonly number: string;
  readonly isVerified: boolean;
  /** What its owner has to tell. */
  readonly oneTimePassword: string;
}

/** What an account's text messaging is given at construction. */
export interface SmsDoors {
  readonly ids: Ids;
  readonly journal: Journal<SmsEvent> | undefined;
  readonly kept: Keeping<SmsAccount>;
}

const PASSWORD_DIGITS = 6;
/** What a new account has. A spend limit of one dollar a month is what AWS grants. SMS guide, spending quota. */
const INITIAL_ATTRIBUTES: Readonly<Record<string, string>> = { MonthlySpendLimit: "1" };

/** The text messaging of one account and region: its attributes, who wants no messages, and the sandbox's numbers. */
export class SmsAccount {
  readonly scope: Scope;
  readonly #doors: SmsDoors;
  readonly #optedOut = new Set<string>();
  readonly #optedOutInOrder = new OrderedIndex<string>((number) => number);
  readonly #sandboxNumbers = new Map<string, SandboxNumber>();
  readonly #sandboxInOrder = new OrderedIndex<SandboxNumber>(({ number }) => number);
  #attributes = INITIAL_ATTRIBUTES;

  constructor(scope: Scope, doors: SmsDoors) {
    this.scope = scope;
    this.#doors = doors;
  }

  get isEmpty(): boolean {
    return this.#attributes === INITIAL_ATTRIBUTES && this.#optedOut.size === 0 && this.#sandboxNumbers.size === 0;
  }

  get attributes(): Readonly<Record<string, string>> {
    return this.#attributes;
  }

  /** In order, with a plus sign and nothing else between the digits, however they were given. */
  optedOutNumbers(range?: IndexRange): Iterable<string> {
    return this.#optedOutInOrder.list(range);
  }

  get sandboxNumberCount(): number {
    return this.#sandboxNumbers.size;
  }

  /** By number. */
  sandboxNumbers(range?: IndexRange): Iterable<SandboxNumber> {
    return this.#sandboxInOrder.list(range);
  }

  hasOptedOut(number: string): boolean {
    return this.#optedOut.has(e164(number));
  }

  sandboxNumber(number: string): SandboxNumber | undefined {
    return this.#sandboxNumbers.get(number);
  }

  configure(attributes: Readonly<Record<string, string>>): void {
    this.#record({ type: "configured", attributes });
  }

  /** Has a number get no more messages, as when its owner answers STOP. */
  optOut(number: string): void {
    this.#record({ type: "optedOut", number: e164(number) });
  }

  optIn(number: string): void {
    this.#record({ type: "optedIn", number: e164(number) });
  }

  /** Adds a number that is not verified yet, or gives it a new password. Returns that password. */
  addSandboxNumber(number: string): string {
    const oneTimePassword = String(this.#doors.ids.bytes(6).readUIntBE(0, 6) % 10 ** PASSWORD_DIGITS);
    const padded = oneTimePassword.padStart(PASSWORD_DIGITS, "0");
    this.#record({ type: "sandboxNumberAdded", number, oneTimePassword: padded });
    return padded;
  }

  verifySandboxNumber(number: string): void {
    this.#record({ type: "sandboxNumberVerified", number });
  }

  deleteSandboxNumber(number: string): void {
    this.#record({ type: "sandboxNumberDeleted", number });
  }

  /** Applies an event that a journal kept. */
  replay(event: SmsEvent): void {
    this.#apply(event);
    this.#doors.kept.update(this);
  }

  #record(event: SmsEvent): void {
    this.#apply(event);
    this.#doors.kept.update(this);
    this.#doors.journal?.(event);
  }

  #apply(event: SmsEvent): void {
    switch (event.type) {
      case "configured":
        this.#attributes = event.attributes;
        return;
      case "optedOut":
        this.#optedOut.add(event.number);
        return this.#optedOutInOrder.set(event.number);
      case "optedIn":
        this.#optedOut.delete(event.number);
        this.#optedOutInOrder.delete(event.number);
        return;
      case "sandboxNumberAdded": {
        const { number, oneTimePassword } = event;
        const isVerified = this.#sandboxNumbers.get(number)?.isVerified ?? false;
        return this.#setSandboxNumber({ number, isVerified, oneTimePassword });
      }
      case "sandboxNumberVerified":
        return this.#setSandboxNumber({
          ...present(this.#sandboxNumbers.get(event.number), "a number of the sandbox"),
          isVerified: true,
        });
      case "sandboxNumberDeleted": {
        const sandboxNumber = this.#sandboxNumbers.get(event.number);
        if (sandboxNumber !== undefined) this.#sandboxInOrder.delete(sandboxNumber);
        this.#sandboxNumbers.delete(event.number);
      }
    }
  }

  #setSandboxNumber(sandboxNumber: SandboxNumber): void {
    this.#sandboxNumbers.set(sandboxNumber.number, sandboxNumber);
    this.#sandboxInOrder.set(sandboxNumber);
  }
}

/** A subscription's endpoint may have signs between its digits, and the plus sign can be left out everywhere. */
function e164(number: string): string {
  return `+${number.replace(/\D/g, "")}`;
}
