import { cpuMsOf } from "../machine/process-usage.ts";
import type { Server } from "../machine/servers.ts";
import { Connection } from "./connection.ts";
import type { Destination } from "./destination.ts";

/** Makes one request and gives its answer, whose body is made by whoever reads it, before the next request. */
export type Ask = (operation: string, body: string) => Promise<Answered>;

interface Answered {
  readonly body: string;
}

/** What a connection does again and again: one request or a few that belong together. */
export type Cycle = (ask: Ask) => Promise<void>;

/** What was observed while a load ran. */
export interface Rate {
  readonly requestsPerSecond: number;
  /** Share of a core the server used. Under several connections it should be near 1. */
  readonly serverBusy: number;
}

/** What carries one request after another. */
interface Carrier {
  exchange(request: string): Promise<Answered>;
  close(): void;
}

/** Connections to one server, ready to work whenever told to. */
export class Load implements Disposable {
  readonly #server: Server;
  readonly #connections: readonly Carrier[];
  readonly #destination: Destination;
  readonly #cycle: Cycle;
  readonly #tidy: (() => Promise<void>) | undefined;
  #requests = 0;

  private constructor(server: Server, connections: readonly Carrier[], work: Work) {
    this.#server = server;
    this.#connections = connections;
    this.#destination = work.destination;
    this.#cycle = work.cycle;
    this.#tidy = work.tidy;
  }

  static async open(server: Server, work: Work): Promise<Load> {
    const { connections, open = Connection.open } = work;
    return new Load(server, await Promise.all(Array.from({ length: connections }, () => open(server.port))), work);
  }

  /** Keeps every connection busy for so long. */
  async run(durationMs: number): Promise<Rate> {
    await this.#tidy?.();
    const startedAt = performance.now();
    const requestsBefore = this.#requests;
    const serverBefore = cpuMsOf(this.#server.pid);
    const goToSleep = stayAwake();
    await Promise.all(this.#connections.map((connection) => this.#work(connection, startedAt + durationMs)));
    goToSleep();
    const elapsedMs = performance.now() - startedAt;
    return {
      requestsPerSecond: ((this.#requests - requestsBefore) * 1000) / elapsedMs,
      serverBusy: (cpuMsOf(this.#server.pid) - serverBefore) / elapsedMs,
    };
  }

  [Symbol.dispose](): void {
    for (const connection of this.#connections) connection.close();
  }

  async #work(connection: Carrier, until: number): Promise<void> {
    const ask: Ask = async (operation, body) => {
      const answer = await connection.exchange(this.#destination.requestFor(operation, body));
      this.#requests++;
      return answer;
    };
    while (performance.now() < until) await this.#cycle(ask);
  }
}

export interface Work {
  readonly destination: Destination;
  readonly cycle: Cycle;
  readonly connections: number;
  /** Opens one of them; over HTTP/1.1 unless said. */
  readonly open?: (port: number) => Promise<Carrier>;
  /** Removes what piled up, before each time the connections work. */
  readonly tidy?: (() => Promise<void>) | undefined;
}

/** Looks for answers without ever waiting: to wake a sleeping process is dear, and the server's core would pay for it. */
function stayAwake(): () => void {
  let isAwake = true;
  const look = (): void => {
    if (isAwake) setImmediate(look);
  };
  look();
  return () => {
    isAwake = false;
  };
}
