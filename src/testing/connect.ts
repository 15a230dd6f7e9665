import { Client, type Transport, written } from "./client.ts";
import { TestFixture } from "./fixture.ts";
import { refuseStrangers } from "./options.ts";
import { RemoteClock } from "./remote-clock.ts";
import { WaystationError } from "./waystation-error.ts";

/** Which part of an emulator is meant. */
interface ConnectOptions {
  /** The account whose things and time it is about; every account unless given. */
  readonly account?: string;
}

/**
 * An emulator in another process, as a test sees it.
 *
 * @example
 * import { createEmulator } from "waystation";
 * import { connect } from "waystation/testing";
 *
 * const server = await createEmulator();
 * const emulator = connect(server.endpoint);
 * await fetch(`${server.endpoint}/?Action=CreateQueue&QueueName=jobs`);
 * await emulator.queue("jobs").wait("empty");
 * await server.close();
 */
export type RemoteEmulator = TestFixture<RemoteClock, Promise<void>>;

/**
 * Does with an emulator in another process, in a container for one, what `createEmulator` does with its own. Nothing is sent before
 * it is asked for something. Throws WaystationError for an endpoint that is no URL, and for an option that there is not.
 *
 * @example
 * import { createEmulator } from "waystation";
 * import { connect } from "waystation/testing";
 *
 * const server = await createEmulator(); // or `npx waystation`, or a container
 * const emulator = connect(server.endpoint, { account: "111111111111" });
 * await emulator.clock().freeze();
 * const { isFrozen } = await emulator.clock().read();
 * if (!isFrozen) throw new Error("time goes by");
 * await emulator.reset();
 * await server.close();
 */
export function connect(endpoint: string, options: ConnectOptions = {}): RemoteEmulator {
  refuseStrangers(options, ["account"]);
  if (!/^https?:\/\//.test(endpoint) || !URL.canParse(endpoint)) throw new WaystationError(400, noEndpoint(endpoint));
  const { account } = options;
  const client = new Client(overHttp(endpoint), account);
  const scoped = (id: string | undefined): Client => (id === undefined ? client : client.of(id));
  return new TestFixture(client, {
    clock: (id) => new RemoteClock(scoped(id)),
    async reset(id) {
      const whose = scoped(id);
      await whose.call("POST", "reset", whose.scope);
    },
  });
}

/** What is said of what an unset variable gives, for one. */
function noEndpoint(endpoint: unknown): string {
  const given = typeof endpoint === "string" ? JSON.stringify(endpoint) : String(endpoint);
  return `connect() takes the endpoint of a server, such as http://127.0.0.1:4566, not ${given}. If AWS_ENDPOINT_URL was to say it, nothing has set it: is the emulator started before the tests?`;
}

/** What `fetch` hides behind "fetch failed". */
function whyOf({ cause, message }: Error): string {
  if (!(cause instanceof Error)) return message;
  return "code" in cause ? String(cause.code) : cause.message;
}

function overHttp(endpoint: string): Transport {
  return async (request) => {
    const { method, url, body } = written(request);
    const response = await fetch(new URL(url, endpoint), {
      method,
      body: body ?? null,
      signal: request.signal ?? null,
    }).catch((cause: Error) => {
      const advice = endpoint.startsWith("https:") ? " Without --tls it is http:// that a server has." : "";
      throw new WaystationError(503, `No Waystation answers at ${endpoint} (${whyOf(cause)}).${advice}`);
    });
    const isJson = response.headers.get("content-type")?.includes("json") === true;
    return { status: response.status, isJson, text: await response.text() };
  };
}
