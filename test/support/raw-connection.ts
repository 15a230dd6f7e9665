import { once } from "node:events";
import { connect, type Socket } from "node:net";

/** A TCP client that says exactly the bytes it is told to, and remembers what it hears. */
export class RawConnection implements Disposable {
  readonly socket: Socket;
  #heard = "";

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.setEncoding("latin1");
    socket.on("data", (text: string) => {
      this.#heard += text;
    });
    socket.on("error", () => {});
  }

  static async to(port: number): Promise<RawConnection> {
    const socket = connect({ port, host: "127.0.0.1", noDelay: true });
    await once(socket, "connect");
    return new RawConnection(socket);
  }

  /** Resolves once the operating system has taken the bytes. */
  say(bytes: string | Uint8Array): Promise<void> {
    return new Promise((resolve) => {
      this.socket.write(bytes, () => resolve());
    });
  }

  /** Everything heard so far, as soon as it contains the text. Fails when the server hangs up before. */
  async hears(text: string): Promise<string> {
    const hungUp = new AbortController();
    const giveUp = () => hungUp.abort(new Error(`Never heard "${text}" in "${this.#heard}".`));
    this.socket.once("close", giveUp);
    while (!this.#heard.includes(text)) {
      if (this.socket.closed) giveUp();
      await once(this.socket, "data", { signal: hungUp.signal });
    }
    this.socket.off("close", giveUp);
    return this.#heard;
  }

  /** Everything heard until the server hung up. */
  async hearsToTheEnd(): Promise<string> {
    if (!this.socket.closed) await once(this.socket, "close");
    return this.#heard;
  }

  hangUp(): void {
    this.socket.destroy();
  }

  [Symbol.dispose](): void {
    this.socket.destroy();
  }
}
