import type { Answer, Client } from "./client.ts";
import type { Dice } from "./dice.ts";
import { nameOf } from "./found.ts";
import { type Ledger, MOST_RECEIVES, type Place } from "./ledger.ts";

const REGION_ARN = "us-east-1:000000000000";
const url = (queue: string): string => `http://localhost/000000000000/${queue}`;
/** So long are some texts that files grow enough to be compacted. */
const LONG = "x".repeat(40_000);

/** Makes what the load needs, where it is not there. */
export async function prepare(client: Client): Promise<void> {
  const redrive = { deadLetterTargetArn: `arn:aws:sqs:${REGION_ARN}:dead`, maxReceiveCount: MOST_RECEIVES };
  await client.ask("sqs", "CreateQueue", { QueueName: "dead" });
  await client.ask("sqs", "CreateQueue", {
    QueueName: "standard",
    Attributes: { RedrivePolicy: JSON.stringify(redrive) },
  });
  await client.ask("sqs", "CreateQueue", { QueueName: "jobs.fifo", Attributes: { FifoQueue: "true" } });
  await client.ask("sqs", "CreateQueue", { QueueName: "receiver" });
  await client.ask("kinesis", "CreateStream", { StreamName: "clicks", ShardCount: 2 });
  await client.sns({ Action: "CreateTopic", Name: "news" });
  await client.sns({
    Action: "Subscribe",
    TopicArn: `arn:aws:sns:${REGION_ARN}:news`,
    Protocol: "sqs",
    Endpoint: `arn:aws:sqs:${REGION_ARN}:receiver`,
    "Attributes.entry.1.key": "RawMessageDelivery",
    "Attributes.entry.1.value": "true",
  });
}

/** Everybody who works on a server at once, until so many answers were given; then the server is killed. */
export class Load {
  readonly #client: Client;
  readonly #ledger: Ledger;
  readonly #dice: Dice;
  readonly #name: string;
  #left: number;
  #number = 0;
  readonly complaints: string[] = [];

  /** `name` sets its texts apart from those of other loads. */
  constructor(client: Client, ledger: Ledger, { name, dice }: { readonly name: string; readonly dice: Dice }) {
    this.#client = client;
    this.#ledger = ledger;
    this.#name = name;
    this.#dice = dice;
    this.#left = 1 + dice.below(80);
  }

  /** Resolves when all have noticed that the server is gone. */
  async run(kill: () => Promise<void>): Promise<void> {
    const answered = (answer: unknown): boolean => {
      if (answer !== undefined && --this.#left === 0) void kill();
      return answer !== undefined;
    };
    const workers = [
      ...["a", "b"].map((group) => () => this.#send("standard", group)),
      ...["c", "d", "e"].map((group) => () => this.#send("jobs.fifo", group)),
      ...["f", "g"].map((group) => () => this.#send("receiver", group)),
      ...["h", "i"].map((group) => () => this.#send("clicks", group)),
      () => this.#consume("standard", 0),
      () => this.#consume("jobs.fifo", 30),
    ];
    await Promise.all(
      workers.map(async (work) => {
        while (this.#left > 0 && answered(await work()));
      }),
    );
  }

  /** Sends a text, or the one of which nobody knows whether it came, where the receiver can tell. */
  async #send(place: Place, worker: string): Promise<unknown> {
    const group = `${worker}-${this.#name}`;
    const name = `${group}-${this.#number++}`;
    const text = this.#dice.below(4) === 0 ? `${name} ${LONG}` : name;
    this.#ledger.asked(place, group, name);
    const answer = await this.#sendTo(place, group, text);
    if (answer !== undefined) this.#ledger.acknowledged(name);
    return answer;
  }

  #sendTo(place: Place, group: string, text: string): Promise<unknown> {
    if (place === "receiver") {
      return this.#client.sns({ Action: "Publish", TopicArn: `arn:aws:sns:${REGION_ARN}:news`, Message: text });
    }
    if (place === "clicks") {
      const Data = Buffer.from(text).toString("base64");
      return this.#client.ask("kinesis", "PutRecord", { StreamName: "clicks", PartitionKey: group, Data });
    }
    const fifo = place === "jobs.fifo" ? { MessageGroupId: group, MessageDeduplicationId: nameOf(text) } : {};
    return this.#client.ask("sqs", "SendMessage", { QueueUrl: url(place), MessageBody: text, ...fifo });
  }

  /** Receives, and deletes some of what it gets. */
  async #consume(queue: "standard" | "jobs.fifo", visibility: number): Promise<unknown> {
    this.#ledger.receiving();
    const input = { QueueUrl: url(queue), MaxNumberOfMessages: 3, VisibilityTimeout: visibility };
    const answer = await this.#client.ask("sqs", "ReceiveMessage", input);
    if (answer === undefined) return undefined;
    const messages = answer.Messages ?? [];
    this.#ledger.received(messages.map(({ Body }) => nameOf(Body)));
    for (const message of messages) {
      if (queue === "jobs.fifo") this.#complainUnlessFirst(nameOf(message.Body));
      else if (this.#dice.below(2) === 0) continue;
      if ((await this.#delete(queue, message)) === undefined) return undefined;
    }
    return answer;
  }

  async #delete(queue: string, message: NonNullable<Answer["Messages"]>[number]): Promise<unknown> {
    const text = nameOf(message.Body);
    this.#ledger.deleting(text);
    const answer = await this.#client.ask("sqs", "DeleteMessage", {
      QueueUrl: url(queue),
      ReceiptHandle: message.ReceiptHandle,
    });
    if (answer !== undefined) this.#ledger.deleted(text);
    return answer;
  }

  #complainUnlessFirst(text: string): void {
    const group = text.slice(0, text.lastIndexOf("-"));
    const first = this.#ledger.first(group);
    if (first !== text) this.complaints.push(`${text} was received before ${first}`);
  }
}

/** Sends once more what nobody knows to have come: a FIFO queue tells that it did. */
export async function sendAgain(client: Client, texts: readonly string[]): Promise<void> {
  for (const text of texts) {
    await client.ask("sqs", "SendMessage", {
      QueueUrl: url("jobs.fifo"),
      MessageBody: text,
      MessageGroupId: text.slice(0, text.lastIndexOf("-")),
      MessageDeduplicationId: text,
    });
  }
}
