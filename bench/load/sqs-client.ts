import type { Server } from "../machine/servers.ts";
import { Connection } from "./connection.ts";
import { Destination } from "./destination.ts";
import { sqsWire } from "./wire.ts";

/** Sets queues up for a measurement. */
export class SqsClient implements Disposable {
  readonly #connection: Connection;
  readonly #destination: Destination;

  private constructor(connection: Connection, destination: Destination) {
    this.#connection = connection;
    this.#destination = destination;
  }

  static async open(server: Server): Promise<SqsClient> {
    return new SqsClient(await Connection.open(server.port), new Destination(server.port, sqsWire));
  }

  async call(operation: string, input: object): Promise<Record<string, unknown>> {
    const { body } = await this.#connection.exchange(this.#destination.requestFor(operation, JSON.stringify(input)));
    return body === "" ? {} : JSON.parse(body);
  }

  /** Creates a queue and gives its URL. A name in `.fifo` makes a FIFO queue. */
  async createQueue(name: string): Promise<string> {
    const attributes = name.endsWith(".fifo") ? { FifoQueue: "true" } : {};
    const { QueueUrl } = await this.call("CreateQueue", { QueueName: name, Attributes: attributes });
    return String(QueueUrl);
  }

  [Symbol.dispose](): void {
    this.#connection.close();
  }
}
