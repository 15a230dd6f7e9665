import { type Answer, Connection } from "./connection.ts";

/** A connection whose requests leave in two segments, head and body, as many clients send them. */
export class SplitConnection {
  readonly #connection: Connection;

  private constructor(connection: Connection) {
    this.#connection = connection;
  }

  static async open(port: number): Promise<SplitConnection> {
    return new SplitConnection(await Connection.open(port));
  }

  exchange(request: string): Promise<Answer> {
    return this.#connection.exchange(request, request.indexOf("\r\n\r\n") + 4);
  }

  close(): void {
    this.#connection.close();
  }
}
