import type { MaybeBase64 } from "../../../kernel/base64.ts";
import type { PassedText } from "../../../kernel/utf8.ts";
import type { StoredRecord } from "./record.ts";
import { NUMBER_DIGITS, type SequenceNumbers } from "./sequence-number.ts";

/** What a record in a log is made of. */
interface NewLoggedRecord {
  readonly number: PassedText;
  readonly arrivedAt: number;
  readonly data: MaybeBase64;
  readonly key: PassedText | undefined;
  readonly isEncrypted: boolean;
}

/** A record as it lies in a log. Its texts become strings when somebody asks for them, each time. */
export class LoggedRecord implements StoredRecord {
  readonly number: PassedText;
  readonly arrivedAt: number;
  readonly data: MaybeBase64;
  readonly key: PassedText | undefined;
  readonly isEncrypted: boolean;

  constructor({ number, arrivedAt, data, key, isEncrypted }: NewLoggedRecord) {
    this.number = number;
    this.arrivedAt = arrivedAt;
    this.data = data;
    this.key = key;
    this.isEncrypted = isEncrypted;
  }

  get sequenceNumber(): string {
    return this.number.toString();
  }

  get partitionKey(): string | undefined {
    return this.key?.toString();
  }
}

/** The sequence number of a record. */
export class NumberText implements PassedText {
  readonly #numbers: SequenceNumbers;
  readonly #index: number;
  readonly #second: number;

  constructor(numbers: SequenceNumbers, index: number, second: number) {
    this.#numbers = numbers;
    this.#index = index;
    this.#second = second;
  }

  get mostBytes(): number {
    return NUMBER_DIGITS;
  }

  get isDigits(): boolean {
    return true;
  }

  write(target: DataView, at: number): number {
    return this.#numbers.write(this.#index, this.#second, target, at);
  }

  toString(): string {
    return this.#numbers.of(this.#index, this.#second);
  }
}

/** A text that lies in memory in UTF-8. */
export class StoredText implements PassedText {
  readonly #bytes: Buffer;
  readonly #start: number;
  readonly #end: number;

  constructor(bytes: Buffer, start: number, end: number) {
    this.#bytes = bytes;
    this.#start = start;
    this.#end = end;
  }

  get mostBytes(): number {
    return this.#end - this.#start;
  }

  get isDigits(): boolean {
    return false;
  }

  write(target: DataView, at: number): number {
    const bytes = this.#bytes;
    const start = this.#start;
    const length = this.#end - start;
    for (let index = 0; index < length; index++) target.setUint8(at + index, bytes[start + index] as number);
    return at + length;
  }

  toString(): string {
    return this.#bytes.toString("utf8", this.#start, this.#end);
  }
}
