import type { Keeping } from "../../kernel/by-scope.ts";
import type { Ids } from "../../kernel/ids.ts";
import type { Journal } from "../../kernel/journal.ts";
import type { Scope } from "../../kernel/scope.ts";
import type { SmsEvent } from "./events.ts";

/** A destination for text messages from the sandbox. */
export interface SandboxNumber {
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
  readonly #sandboxNumbers = new Map<string, SandboxNumber>();
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

  /** With a plus sign and nothing else between the digits, however they were given. */
  get optedOutNumbers(): readonly string[] {
    return [...this.#optedOut];
  }

  get sandboxNumbers(): readonly SandboxNumber[] {
    return [...this.#sandboxNumbers.values()];
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
        return;
      case "optedIn":
        this.#optedOut.delete(event.number);
        return;
      case "sandboxNumberAdded": {
        const { number, oneTimePassword } = event;
        const isVerified = this.#sandboxNumbers.get(number)?.isVerified ?? false;
        this.#sandboxNumbers.set(number, { number, isVerified, oneTimePassword });
        return;
      }
      case "sandboxNumberVerified":
        this.#sandboxNumbers.set(event.number, { ...this.#sandboxNumbers.get(event.number)!, isVerified: true });
        return;
      case "sandboxNumberDeleted":
        this.#sandboxNumbers.delete(event.number);
        return;
    }
  }
}

/** A subscription's endpoint may have signs between its digits, and the plus sign can be left out everywhere. */
function e164(number: string): string {
  return `+${number.replace(/\D/g, "")}`;
}
