/** The place outside of all arrays. */
export const OUTSIDE = 0;

/**
 * The arrays of a message, and those of their elements that are objects or arrays. Each has a number, `OUTSIDE` the first
 * of them. Arrays are inside elements and elements inside arrays, and what is inside has a higher number.
 */
export class ArrayTree {
  readonly #parents: number[] = [OUTSIDE];
  readonly #isArray: boolean[] = [false];

  /** How many numbers there are. */
  get size(): number {
    return this.#parents.length;
  }

  /** Adds an array inside an element, or outside of all others. Returns its number. */
  addArray(element: number): number {
    this.#isArray.push(true);
    return this.#parents.push(element) - 1;
  }

  /** Adds an element of an array. Returns its number. */
  addElement(array: number): number {
    this.#isArray.push(false);
    return this.#parents.push(array) - 1;
  }

  isArray(number: number): boolean {
    return this.#isArray[number] === true;
  }

  parentOf(number: number): number {
    return this.#parents[number] ?? OUTSIDE;
  }
}
