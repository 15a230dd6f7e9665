/** A JSON number with its digits as written, because a double would not keep them all. */
export class JsonNumber {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  /** Whether it is written without fraction and exponent. */
  get isInteger(): boolean {
    return !/[.eE]/.test(this.text);
  }
}

/** The members of a JSON object in their order; of equal names the last one counts. */
export type JsonMembers = ReadonlyMap<string, JsonTree>;

/** A JSON text taken apart. */
export type JsonTree = string | boolean | null | JsonNumber | JsonTree[] | JsonMembers;
