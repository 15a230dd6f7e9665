/**
 * Has everybody wait while something is done in many turns of the event loop of which nobody may see a part: requests before their
 * operation begins, alarms before they ring. What was asked for happens before it or after it, and never in the middle.
 */
export class Standstill {
  /** Whether something is being done. A member, not an accessor: every request looks at it. */
  isOn = false;
  #end: Promise<void> | undefined;

  /** Resolves once nothing is being done that is to be waited for; undefined while that is so. */
  passed(): Promise<void> | undefined {
    return this.#end && this.#untilOver();
  }

  /** Does it while everybody waits, once nothing else is done that is waited for. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    while (this.#end !== undefined) await this.#end;
    let end = (): void => {};
    this.#end = new Promise((resolve) => {
      end = resolve;
    });
    this.isOn = true;
    try {
      return await work();
    } finally {
      this.#end = undefined;
      this.isOn = false;
      end();
    }
  }

  async #untilOver(): Promise<void> {
    while (this.#end !== undefined) await this.#end;
  }
}
