const ZERO = 0x30;
const NINE = 0x39;

/** What a form with too many parameters is read no further than: a list that it goes on with. */
export interface CutList {
  /** The names that lead to it: `PublishBatchRequestEntries`, `member`. */
  readonly path: readonly string[];
  /** How many items it has with those that were not read. */
  readonly length: number;
}

/**
 * Counts the items of one list in parameters that are not read any more. Clients write items one after the other, so a
 * number other than the one before it begins another item.
 */
export class FormRun {
  readonly path: readonly string[];
  /** What all its parameters begin with: the path and a full stop. */
  readonly #prefix: string;
  #latest: number;
  #added = 0;

  constructor(path: readonly string[], latest: number) {
    this.path = path;
    this.#prefix = `${path.join(".")}.`;
    this.#latest = latest;
  }

  /** The run that goes on with the list to which a parameter belongs, if it belongs to one. */
  static after(name: string): FormRun | undefined {
    const steps = name.split(".");
    const place = steps.findIndex((step) => /^\d+$/.test(step));
    return place < 1 ? undefined : new FormRun(steps.slice(0, place), Number(steps[place]));
  }

  get added(): number {
    return this.#added;
  }

  /** Whether the parameter at that place of a form belongs to the list; counts its item if so. */
  takes(form: string, start: number): boolean {
    if (!form.startsWith(this.#prefix, start)) return false;
    let at = start + this.#prefix.length;
    let number = 0;
    for (let code = form.charCodeAt(at); code >= ZERO && code <= NINE; code = form.charCodeAt(++at)) {
      number = number * 10 + code - ZERO;
    }
    if (number !== this.#latest) this.#added++;
    this.#latest = number;
    return true;
  }
}
