import { Connection } from "./connection.ts";

/** So many requests may be under way at a time. */
const CONNECTIONS = 32;

/** The same request again and again, at a pace that does not wait for answers. */
export class PacedLoad implements Disposable {
  readonly #connections: readonly Connection[];
  readonly #request: string;

  private constructor(connections: readonly Connection[], request: string) {
    this.#connections = connections;
    this.#request = request;
  }

  static async open(port: number, request: string): Promise<PacedLoad> {
    return new PacedLoad(await Connection.openMany(port, CONNECTIONS), request);
  }

  /**
   * Sends so many a second for so long and gives how long each took in milliseconds, from when it was due: what waits for a
   * connection, or for this process, waits for the server as well.
   */
  async run(perSecond: number, durationMs: number): Promise<readonly number[]> {
    const free = [...this.#connections];
    const delays: number[] = [];
    const startedAt = performance.now();
    const count = Math.floor((perSecond * durationMs) / 1000);
    await new Promise<void>((resolve, reject) => {
      const send = (connection: Connection, dueAt: number): void => {
        connection.exchange(this.#request).then(() => {
          delays.push(performance.now() - dueAt);
          free.push(connection);
          if (delays.length === count) resolve();
        }, reject);
      };
      let sent = 0;
      const look = (): void => {
        for (let dueAt = startedAt; sent < count; sent++) {
          dueAt = startedAt + (sent * 1000) / perSecond;
          const connection = dueAt <= performance.now() ? free.pop() : undefined;
          if (connection === undefined) break;
          send(connection, dueAt);
        }
        if (delays.length < count) setImmediate(look); // it never sleeps: to wake it would cost the server
      };
      look();
    });
    return delays;
  }

  [Symbol.dispose](): void {
    for (const connection of this.#connections) connection.close();
  }
}
