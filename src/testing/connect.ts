import { Client, type Transport, written } from "./client.ts";
import { TestFixture } from "./fixture.ts";
import { refuseStrangers } from "./options.ts";
import { RemoteClock } from "./remote-clock.ts";

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
 * it is asked for something. Throws WaystationError for an option that there is not.
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

function overHttp(endpoint: string): Transport {
  return async (request) => {
    const { method, url, body } = written(request);
    const response = await fetch(new URL(url, endpoint), {
      method,
      body: body ?? null,
      signal: request.signal ?? null,
    });
    const isJson = response.headers.get("content-type")?.includes("json") === true;
    return { status: response.status, isJson, text: await response.text() };
  };
}
