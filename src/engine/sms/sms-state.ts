import { type IndexRange, OrderedIndex } from "../../kernel/collection/ordered-index.ts";
import { present } from "../../kernel/present.ts";
import type { SmsEvent } from "./text-message.ts";

/** A destination for text messages from the sandbox. */
export interface SandboxNumber {
  readonly number: string;
  readonly isVerified: boolean;
  /** What its owner has to tell. */
  readonly oneTimePassword: string;
}

/** What a new account has. A spend limit of one dollar a month is what AWS grants. SMS guide, spending quota. */
const INITIAL_ATTRIBUTES: Readonly<Record<string, string>> = { MonthlySpendLimit: "1" };

/** All there is of the text messaging of one account and region. Only events change it. */
export class SmsState {
  readonly #optedOut = new Set<string>();
  #optedOutInOrder = optedOutIndex();
  readonly #sandboxNumbers = new Map<string, SandboxNumber>();
  #sandboxInOrder = sandboxIndex();
  #attributes = INITIAL_ATTRIBUTES;

  get isEmpty(): boolean {
    return this.#attributes === INITIAL_ATTRIBUTES && this.#optedOut.size === 0 && this.#sandboxNumbers.size === 0;
  }

  get attributes(): Readonly<Record<string, string>> {
    return this.#attributes;
  }

  get sandboxNumberCount(): number {
    return this.#sandboxNumbers.size;
  }

  optedOutNumbers(range?: IndexRange): Iterable<string> {
    return this.#optedOutInOrder.list(range);
  }

  /** By number. */
  sandboxNumbers(range?: IndexRange): Iterable<SandboxNumber> {
    return this.#sandboxInOrder.list(range);
  }

  hasOptedOut(number: string): boolean {
    return this.#optedOut.has(number);
  }

  sandboxNumber(number: string): SandboxNumber | undefined {
    return this.#sandboxNumbers.get(number);
  }

  /** The events that build the same. When it came to that is not known any more. */
  *events(): Generator<SmsEvent, void, void> {
    const at = 0;
    if (this.#attributes !== INITIAL_ATTRIBUTES) yield { type: "configured", at, attributes: this.#attributes };
    for (const number of this.#optedOutInOrder.list()) yield { type: "optedOut", at, number };
    for (const { number, oneTimePassword, isVerified } of this.#sandboxInOrder.list()) {
      yield { type: "sandboxNumberAdded", at, number, oneTimePassword };
      if (isVerified) yield { type: "sandboxNumberVerified", at, number };
    }
  }

  apply(event: SmsEvent): void {
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
        return;
      }
      case "smsReset":
        this.#attributes = INITIAL_ATTRIBUTES;
        this.#optedOut.clear();
        this.#optedOutInOrder = optedOutIndex();
        this.#sandboxNumbers.clear();
        this.#sandboxInOrder = sandboxIndex();
    }
  }

  #setSandboxNumber(sandboxNumber: SandboxNumber): void {
    this.#sandboxNumbers.set(sandboxNumber.number, sandboxNumber);
    this.#sandboxInOrder.set(sandboxNumber);
  }
}

function optedOutIndex(): OrderedIndex<string> {
  return new OrderedIndex<string>((number) => number);
}

function sandboxIndex(): OrderedIndex<SandboxNumber> {
  return new OrderedIndex<SandboxNumber>(({ number }) => number);
}
