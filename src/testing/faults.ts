import type { CallOptions, Client } from "./client.ts";
import type { InputsAt } from "./control-table.ts";

/** A fault on purpose: an effect or a preset, whom it concerns, and when it happens. */
type Fault = InputsAt<"POST", "faults">;

/** What goes wrong on purpose. */
export class FaultsHandle {
  readonly #client: Client;

  constructor(client: Client) {
    this.#client = client;
  }

  /** Has calls, messages, deliveries or invocations go wrong from now on. Answers with the seed, which makes it happen the same way again. */
  async add(fault: Fault, options?: CallOptions) {
    return this.#client.call("POST", "faults", { ...fault, ...this.#client.scope }, options);
  }

  /** The faults, with how often each was tried and happened. */
  async list(options?: CallOptions) {
    return (await this.#client.call("GET", "faults", this.#client.scope, options)).faults;
  }

  /** Ends that one, or all of them, and tells what they did. */
  async remove(id?: string, options?: CallOptions) {
    return (await this.#client.call("DELETE", "faults", { ...this.#client.scope, id }, options)).faults;
  }
}
