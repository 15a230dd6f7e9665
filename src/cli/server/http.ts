import { type IncomingMessage, request as overHttp } from "node:http";
import { request as overHttps } from "node:https";
import { CommandFailure, misuse } from "../failure.ts";

/** What is asked of a server. */
interface HttpRequest {
  readonly method: string;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly body?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A server by its URL. */
export class HttpServer {
  readonly #base: URL;

  /** Throws CommandFailure when that is no URL; `said` tells where it was said. */
  constructor({ text, said }: { readonly text: string; readonly said: string }) {
    const base = URL.canParse(text) ? new URL(text) : undefined;
    if (base === undefined || !/^https?:$/.test(base.protocol)) {
      throw misuse(`${said} must be a URL such as http://127.0.0.1:4566, not "${text}"`);
    }
    this.#base = base;
  }

  /** As clients are given it. */
  get endpoint(): string {
    return this.#base.origin;
  }

  /** Resolves with the head of the answer; there is no limit to how long that takes. Throws CommandFailure when nobody answers. */
  request(path: string, { method, headers, body, signal }: HttpRequest): Promise<IncomingMessage> {
    const open = this.#base.protocol === "https:" ? overHttps : overHttp;
    return new Promise((resolve, reject) => {
      // Node leaves it to the caller to say how long the body of a DELETE is.
      const length = body === undefined ? {} : { "Content-Length": String(Buffer.byteLength(body)) };
      const options = { method, headers: { ...headers, ...length }, agent: false, signal };
      const request = open(new URL(path, this.#base), options, resolve);
      request.on("error", (cause: NodeJS.ErrnoException) => reject(this.#failure(cause)));
      request.end(body);
    });
  }

  #failure({ code, message }: NodeJS.ErrnoException): CommandFailure {
    const why = code ?? message;
    const hint = /CERT|SELF_SIGNED|UNABLE_TO/.test(why)
      ? "The port takes plain http:// as well"
      : "Start one with `npx waystation`, or say where it is with --endpoint or WAYSTATION_ENDPOINT";
    return new CommandFailure(`no Waystation answers at ${this.endpoint} (${why}). ${hint}.`);
  }
}

/** All of an answer's text; `heard` is told how many bytes there are so far. Throws CommandFailure when it breaks off. */
export async function textOf(message: IncomingMessage, heard: (bytes: number) => void = () => {}): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of message) {
      chunks.push(chunk);
      bytes += chunk.length;
      heard(bytes);
    }
  } catch {
    throw new CommandFailure("the answer broke off");
  }
  return Buffer.concat(chunks).toString();
}
