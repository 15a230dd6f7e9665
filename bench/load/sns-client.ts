import type { Server } from "../machine/servers.ts";
import { Connection } from "./connection.ts";
import { Destination } from "./destination.ts";
import type { Cycle } from "./load.ts";
import { SqsClient } from "./sqs-client.ts";
import { MESSAGE_BODY } from "./sqs-cycles.ts";
import { snsWire } from "./wire.ts";

export type Form = Readonly<Record<string, string>>;

/** Sets topics up for a measurement. */
export class SnsClient implements Disposable {
  readonly #connection: Connection;
  readonly #destination: Destination;

  private constructor(connection: Connection, destination: Destination) {
    this.#connection = connection;
    this.#destination = destination;
  }

  static async open(server: Server): Promise<SnsClient> {
    return new SnsClient(await Connection.open(server.port), new Destination(server.port, snsWire));
  }

  async call(action: string, form: Form): Promise<string> {
    const body = new URLSearchParams({ Action: action, Version: "2010-03-31", ...form }).toString();
    return (await this.#connection.exchange(this.#destination.requestFor(action, body))).body;
  }

  /** Creates a topic and gives its ARN. */
  async createTopic(name: string): Promise<string> {
    const answer = await this.call("CreateTopic", { Name: name });
    return /<TopicArn>(.*)<\/TopicArn>/.exec(answer)![1]!;
  }

  /** Subscribes an endpoint, with the attributes given. */
  async subscribe(
    topicArn: string,
    to: { readonly protocol: string; readonly endpoint: string },
    attributes: Form = {},
  ) {
    const entries = Object.entries(attributes).flatMap(([key, value], index) => [
      [`Attributes.entry.${index + 1}.key`, key],
      [`Attributes.entry.${index + 1}.value`, value],
    ]);
    const form = { TopicArn: topicArn, Protocol: to.protocol, Endpoint: to.endpoint, ...Object.fromEntries(entries) };
    await this.call("Subscribe", form);
  }

  [Symbol.dispose](): void {
    this.#connection.close();
  }
}

/** Creates a topic that so many queues are subscribed to, and gives its ARN. */
export async function topicWithQueues(server: Server, count: number, attributes: Form = {}): Promise<string> {
  using sqs = await SqsClient.open(server);
  using sns = await SnsClient.open(server);
  const topicArn = await sns.createTopic("bench");
  for (let index = 0; index < count; index++) {
    await sqs.createQueue(`bench-${index}`);
    const endpoint = `arn:aws:sqs:us-east-1:000000000000:bench-${index}`;
    await sns.subscribe(topicArn, { protocol: "sqs", endpoint }, attributes);
  }
  return topicArn;
}

/** One publish of 256 bytes after another, with the further parameters given. */
export function publishCycle(topicArn: string, more: Form = {}): Cycle {
  const form = { Action: "Publish", Version: "2010-03-31", TopicArn: topicArn, Message: MESSAGE_BODY, ...more };
  const body = new URLSearchParams(form).toString();
  return async (ask) => {
    await ask("Publish", body);
  };
}
