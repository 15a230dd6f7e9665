import type { Field } from "./field.ts";

/** What the smallest field counts for. */
const LEAST_BYTES = 32;

/** The fields that later blocks of a connection refer to, the latest first; the oldest leave when it gets too large. RFC 7541 §2.3.2 */
export class DynamicTable {
  readonly #mostBytes: number;
  /** A ring, in which there is a place for as many as there can be. */
  readonly #fields: (Field | undefined)[];
  #maxBytes: number;
  #bytes = 0;
  #size = 0;
  /** Where the next field goes. */
  #next = 0;

  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
    this.#maxBytes = mostBytes;
    this.#fields = new Array(Math.floor(mostBytes / LEAST_BYTES) + 1).fill(undefined);
  }

  /** The field that so many came after, or undefined when there is none. */
  at(index: number): Field | undefined {
    if (index >= this.#size) return undefined;
    const place = this.#next - 1 - index;
    return this.#fields[place < 0 ? place + this.#fields.length : place];
  }

  /** A field that is too large for the table empties it. */
  add(field: Field): void {
    const { bytes } = field;
    this.#evict(this.#maxBytes - bytes);
    if (bytes > this.#maxBytes) return;
    this.#fields[this.#next] = field;
    this.#next = this.#next + 1 === this.#fields.length ? 0 : this.#next + 1;
    this.#bytes += bytes;
    this.#size++;
  }

  /** Sets the size it may have, which says whether it may. */
  resize(maxBytes: number): boolean {
    if (maxBytes > this.#mostBytes) return false;
    this.#maxBytes = maxBytes;
    this.#evict(maxBytes);
    return true;
  }

  /** Has the oldest leave until the rest are that large at most. */
  #evict(bytes: number): void {
    while (this.#size > 0 && this.#bytes > bytes) {
      const place = this.#next - this.#size;
      const at = place < 0 ? place + this.#fields.length : place;
      this.#bytes -= this.#fields[at]?.bytes ?? 0;
      this.#fields[at] = undefined;
      this.#size--;
    }
  }
}
