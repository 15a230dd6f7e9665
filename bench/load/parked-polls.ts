import type { Server } from "../machine/servers.ts";
import { Connection } from "./connection.ts";
import { Destination } from "./destination.ts";
import { SqsClient } from "./sqs-client.ts";
import { sqsWire } from "./wire.ts";

/** The longest a receive can wait. */
const WAIT_SECONDS = 20;
const QUEUES = 100;
/** Time for the server to take all of them in. */
const SETTLING_MS = 1_500;

/** Long polls on empty queues, each begun anew when it ends. */
export class ParkedPolls implements Disposable {
  readonly #connections: readonly Connection[];
  readonly #destination: Destination;
  #isClosing = false;
  #failure: unknown;

  private constructor(connections: readonly Connection[], destination: Destination) {
    this.#connections = connections;
    this.#destination = destination;
  }

  /** Parks so many on queues of their own, spread evenly, and comes back when they are settled. */
  static async open(server: Server, count: number): Promise<ParkedPolls> {
    const queueUrls = await createQueues(server);
    const connections = await Connection.openMany(server.port, count);
    const polls = new ParkedPolls(connections, new Destination(server.port, sqsWire));
    for (const [index, connection] of connections.entries()) {
      void polls.#poll(connection, queueUrls[index % queueUrls.length]!);
    }
    await new Promise((resolve) => setTimeout(resolve, SETTLING_MS));
    return polls;
  }

  /** Throws if a poll came to grief, since then the measurement was not of what it claims. */
  assertUnbroken(): void {
    if (this.#failure !== undefined) throw this.#failure;
  }

  [Symbol.dispose](): void {
    this.#isClosing = true;
    for (const connection of this.#connections) connection.close();
  }

  async #poll(connection: Connection, queueUrl: string): Promise<void> {
    const input = JSON.stringify({ QueueUrl: queueUrl, WaitTimeSeconds: WAIT_SECONDS });
    const request = this.#destination.requestFor("ReceiveMessage", input);
    try {
      while (!this.#isClosing) await connection.exchange(request);
    } catch (cause) {
      if (!this.#isClosing) this.#failure ??= cause;
    }
  }
}

async function createQueues(server: Server): Promise<readonly string[]> {
  using client = await SqsClient.open(server);
  const urls: string[] = [];
  for (let index = 0; index < QUEUES; index++) urls.push(await client.createQueue(`idle-${index}`));
  return urls;
}
