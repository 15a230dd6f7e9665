import { once } from "node:events";
import { type AddressInfo, createServer, type Server, Socket } from "node:net";

/** One who came, and the connection made for that one. */
interface Pair {
  readonly client: Socket;
  readonly server: Socket;
  isStranded: boolean;
}

/**
 * The network before a server, by which one reaches it until something is done to it. What comes from the server can be withheld and what
 * goes there as well, while both go on believing that they are connected.
 */
export class Network implements AsyncDisposable {
  readonly #target: string;
  readonly #server: Server;
  readonly #pairs = new Set<Pair>();
  #isOut = false;
  #losesAnswers = false;
  #lost: () => void = () => {};
  /** How many bytes more go to the server until that is called. */
  #left = Number.POSITIVE_INFINITY;
  #used: () => void = () => {};

  private constructor(target: string) {
    this.#target = target;
    this.#server = createServer((client) => this.#connect(client));
  }

  /** The one before the server that listens on that socket. */
  static async before(target: string): Promise<Network> {
    const network = new Network(target);
    network.#server.listen(0, "127.0.0.1");
    await once(network.#server, "listening");
    return network;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** From now on nothing gets through, be it on old connections or on new ones, and nobody is told. */
  goOut(): void {
    this.#isOut = true;
    for (const pair of this.#pairs) pause(pair);
  }

  /** Everything gets through again, what had to wait first. */
  comeBack(): void {
    this.#isOut = false;
    for (const pair of this.#pairs) if (!pair.isStranded) resume(pair);
  }

  /** Nothing gets through any more on the connections there are, and nobody is told; those that come later go through. */
  strand(): void {
    for (const pair of this.#pairs) {
      pair.isStranded = true;
      pause(pair);
    }
  }

  /** Has the next answer of the server's be lost, and resolves once it came; all that follows it is lost as well. */
  loseAnswer(): Promise<void> {
    this.#losesAnswers = true;
    return new Promise((resolve) => {
      this.#lost = resolve;
    });
  }

  /** Goes out, as `goOut` says, when so many bytes more have gone to the server, be it in the middle of what is said. Resolves then. */
  goOutAfter(bytes: number): Promise<void> {
    this.#left = bytes;
    return new Promise((resolve) => {
      this.#used = () => {
        this.goOut();
        resolve();
      };
    });
  }

  /** Ends all connections, and tells both sides; those that come later go through. */
  cut(): void {
    this.#losesAnswers = false;
    for (const { client, server } of this.#pairs) {
      client.destroy();
      server.destroy();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.cut();
    this.#server.close();
    await once(this.#server, "close");
  }

  /** What does not get through any more waits at the front of the rest. */
  #pass(bytes: Buffer, { client, server }: Pair): void {
    const through = bytes.subarray(0, this.#left);
    server.write(through);
    this.#left -= through.length;
    if (through.length === bytes.length) return;
    this.#left = Number.POSITIVE_INFINITY;
    this.#used();
    client.unshift(bytes.subarray(through.length));
  }

  #connect(client: Socket): void {
    const server = new Socket().connect(this.#target);
    const pair: Pair = { client, server, isStranded: false };
    this.#pairs.add(pair);
    client.on("data", (bytes) => this.#pass(bytes, pair));
    server.on("data", (bytes) => {
      if (this.#losesAnswers) this.#lost();
      else client.write(bytes);
    });
    for (const [one, other] of [
      [client, server],
      [server, client],
    ] as const) {
      one.on("error", () => {}); // its end follows
      one.on("close", () => {
        if (other.closed) this.#pairs.delete(pair);
        else if (!this.#isOut && !pair.isStranded) other.destroy();
      });
    }
    if (this.#isOut) pause(pair);
  }
}

function pause({ client, server }: Pair): void {
  client.pause();
  server.pause();
}

function resume({ client, server }: Pair): void {
  client.resume();
  server.resume();
}
