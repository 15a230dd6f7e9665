/** A block that holds more is split in two. */
const BLOCK_SIZE = 512;

/** What part of an index is wanted. */
export interface IndexRange {
  /** Only items whose keys come after this one. */
  readonly after?: string | undefined;
  /** Only items whose keys begin with this. */
  readonly prefix?: string | undefined;
}

/**
 * Items in the order of their keys, for listings that are read page by page. A key is a text that tells an item from the
 * others and stays the same; texts are in the order of their UTF-16 units.
 *
 * The items lie in blocks, so that to find, add or remove one costs a binary search and one move within a block. To list
 * costs that search and the items that are taken, however many there are.
 */
export class OrderedIndex<Item> {
  readonly #keyOf: (item: Item) => string;
  /** In order, as the items of each are; none is empty. */
  readonly #blocks: Item[][] = [];
  #size = 0;

  constructor(keyOf: (item: Item) => string) {
    this.#keyOf = keyOf;
  }

  get size(): number {
    return this.#size;
  }

  /** Adds the item, or puts it in the place of the one with its key. */
  set(item: Item): void {
    const key = this.#keyOf(item);
    const isBefore = (other: Item): boolean => this.#keyOf(other) < key;
    const number = this.#blockNumber(isBefore);
    const block = this.#blocks[number];
    if (block === undefined) return this.#append(item);
    const place = placeIn(block, isBefore);
    if (this.#keyOf(block[place]!) === key) {
      block[place] = item;
      return;
    }
    block.splice(place, 0, item);
    this.#size++;
    if (block.length > BLOCK_SIZE) this.#blocks.splice(number + 1, 0, block.splice(block.length >>> 1));
  }

  /** Removes the item with the key of this one, and says whether there was one. */
  delete(item: Item): boolean {
    const key = this.#keyOf(item);
    const isBefore = (other: Item): boolean => this.#keyOf(other) < key;
    const number = this.#blockNumber(isBefore);
    const block = this.#blocks[number];
    if (block === undefined) return false;
    const place = placeIn(block, isBefore);
    if (this.#keyOf(block[place]!) !== key) return false;
    block.splice(place, 1);
    this.#size--;
    this.#shrink(number);
    return true;
  }

  /** The items of the range in order. Nothing may be added or removed until the last was taken. */
  *list({ after = "", prefix = "" }: IndexRange = {}): Generator<Item, void, void> {
    const isBefore = (item: Item): boolean => {
      const key = this.#keyOf(item);
      return key <= after || key < prefix;
    };
    const first = this.#blockNumber(isBefore);
    for (let number = first; number < this.#blocks.length; number++) {
      const block = this.#blocks[number]!;
      for (let place = number === first ? placeIn(block, isBefore) : 0; place < block.length; place++) {
        const item = block[place]!;
        if (prefix !== "" && !this.#keyOf(item).startsWith(prefix)) return;
        yield item;
      }
    }
  }

  /** Adds an item that comes after all others: most listings grow at their end, so the last block is filled up. */
  #append(item: Item): void {
    const last = this.#blocks.at(-1);
    if (last === undefined || last.length === BLOCK_SIZE) this.#blocks.push([item]);
    else last.push(item);
    this.#size++;
  }

  /** Joins a block of which little is left with the next one. */
  #shrink(number: number): void {
    const block = this.#blocks[number]!;
    const next = this.#blocks[number + 1];
    if (block.length === 0) this.#blocks.splice(number, 1);
    else if (next !== undefined && block.length + next.length <= BLOCK_SIZE >>> 1) {
      for (const item of next) block.push(item);
      this.#blocks.splice(number + 1, 1);
    }
  }

  /** The number of the first block with an item that is not before the place that is looked for. */
  #blockNumber(isBefore: (item: Item) => boolean): number {
    return firstPlace(this.#blocks.length, (number) => !isBefore(this.#blocks[number]!.at(-1)!));
  }
}

function placeIn<Item>(block: readonly Item[], isBefore: (item: Item) => boolean): number {
  return firstPlace(block.length, (place) => !isBefore(block[place]!));
}

/** The first of so many places for which `reaches` holds; it holds for every later one too. */
function firstPlace(count: number, reaches: (place: number) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (reaches(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Digits of the latest instant there is, in epoch milliseconds. */
const INSTANT_DIGITS = 15;

/** The key by which resources are listed oldest first, and those of one instant by ARN. */
export function ageKeyOf({ createdAt, arn }: { readonly createdAt: number; readonly arn: string }): string {
  return `${String(createdAt).padStart(INSTANT_DIGITS, "0")} ${arn}`;
}
