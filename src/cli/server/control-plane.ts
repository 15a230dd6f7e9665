import { CONTROL_PREFIX } from "../../kernel/own-traffic.ts";
import { type Transport, written } from "../../testing/client.ts";
import { CommandFailure, FAILED, MISUSED } from "../failure.ts";
import { type HttpServer, textOf } from "./http.ts";
import { eventsIn, type ServerEvent } from "./server-events.ts";

/** The control routes of a server, beside what the typed client asks of them. */
export class ControlPlane {
  readonly #server: HttpServer;

  constructor(server: HttpServer) {
    this.#server = server;
  }

  get endpoint(): string {
    return this.#server.endpoint;
  }

  /** Carries the requests of a typed client. */
  get transport(): Transport {
    return async (request) => {
      const { method, url, body } = written(request);
      const message = await this.#server.request(url, { method, body, signal: request.signal });
      const { statusCode: status = 0, headers } = message;
      const isJson = String(headers["content-type"]).includes("json");
      if (!isJson && status >= 400) throw this.#stranger(status);
      return { status, isJson, text: await textOf(message) };
    };
  }

  /** What happens from now on. Throws CommandFailure. */
  async *events(
    query: Readonly<Record<string, string | undefined>>,
    signal: AbortSignal,
  ): AsyncGenerator<ServerEvent, void, void> {
    const given = Object.entries(query).filter((pair): pair is [string, string] => pair[1] !== undefined);
    const path = `${CONTROL_PREFIX}events?${new URLSearchParams(given)}`;
    const message = await this.#server.request(path, { method: "GET", signal });
    if (message.statusCode !== 200) throw this.#refusal(message.statusCode ?? 0, await textOf(message));
    yield* eventsIn(message, signal);
  }

  /** Asks for a document, or sends one. Throws CommandFailure. */
  async document(method: "GET" | "POST", path: string, { body, heard }: DocumentOptions = {}): Promise<string> {
    const message = await this.#server.request(path, { method, body });
    const text = await textOf(message, heard);
    const { statusCode: status = 0 } = message;
    if (status >= 400) throw this.#refusal(status, text);
    return text;
  }

  #refusal(status: number, text: string): CommandFailure {
    try {
      const { message } = JSON.parse(text) as { readonly message: string };
      return new CommandFailure(message, status === 400 ? MISUSED : FAILED);
    } catch {
      return this.#stranger(status);
    }
  }

  #stranger(status: number): CommandFailure {
    return new CommandFailure(`what answers at ${this.endpoint} is no Waystation, or an older one (status ${status})`);
  }
}

interface DocumentOptions {
  readonly body?: string;
  /** Is told how many bytes there are so far. */
  readonly heard?: (bytes: number) => void;
}
