import { once } from "node:events";
import { createServer, type Server, type Socket } from "node:net";

/** What an endpoint does with a connection once it has heard something. */
export type RawBehaviour = (socket: Socket) => void;

/** Says this and no more. */
export function says(text: string): RawBehaviour {
  return (socket) => void socket.write(text);
}

/** Says the beginning, then the rest over and over, as fast as it is listened to. */
export function saysForEver(beginning: string, rest: string): RawBehaviour {
  return (socket) => {
    const goOn = (): void => {
      if (!socket.destroyed) socket.write(rest, goOn);
    };
    socket.write(beginning, goOn);
  };
}

/** A TCP server on a free port, bound to no protocol. */
export class RawReceiver implements AsyncDisposable {
  readonly #server: Server;
  readonly #open = new Set<Socket>();
  #onChange: () => void = () => {};
  /** How many connections were heard from. */
  requests = 0;

  static async open(behaviour: RawBehaviour): Promise<RawReceiver> {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    return new RawReceiver(server, behaviour);
  }

  private constructor(server: Server, behaviour: RawBehaviour) {
    this.#server = server;
    server.on("connection", (socket) => {
      this.#open.add(socket);
      socket.on("error", () => {});
      socket.on("close", () => {
        this.#open.delete(socket);
        this.#onChange();
      });
      socket.once("data", () => {
        this.requests++;
        this.#onChange();
        behaviour(socket);
      });
    });
  }

  get url(): string {
    const address = this.#server.address();
    return `http://127.0.0.1:${typeof address === "object" ? address?.port : address}/`;
  }

  /** How many connections are open now. */
  get connections(): number {
    return this.#open.size;
  }

  /** Resolves once so many connections in all were heard from. */
  async heard(count: number): Promise<void> {
    while (this.requests < count) await this.#change();
  }

  /** Says it on every connection. Resolves once the operating system has taken it. */
  async say(text: string): Promise<void> {
    const said = [...this.#open].map((socket) => new Promise<void>((resolve) => socket.write(text, () => resolve())));
    await Promise.all(said);
  }

  /** Resolves once no connection is open. */
  async disconnected(): Promise<void> {
    while (this.#open.size > 0) await this.#change();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = once(this.#server, "close");
    this.#server.close();
    for (const socket of this.#open) socket.destroy();
    await closed;
  }

  #change(): Promise<void> {
    return new Promise((resolve) => {
      this.#onChange = resolve;
    });
  }
}
