import type { Stack, StackLine } from "../../../engine/stack/stack.ts";
import type { Stacks } from "../../../engine/stack/stacks.ts";
import { parseArn } from "../../../kernel/arn.ts";
import { AwsError } from "../../../kernel/aws-error.ts";
import { formatIso8601 } from "../../../kernel/time/iso8601.ts";
import type { Operate } from "../../../provisioning/operate.ts";

/** Publishes what happens to a stack to the topics that want to know, in its order. */
export class Notifier {
  readonly #operate: Operate;
  readonly #stacks: Stacks;
  readonly #stack: Stack;
  /** So many lines of its history were published. */
  #told = 0;
  #publishing: Promise<void> = Promise.resolve();

  constructor(operate: Operate, stacks: Stacks, stack: Stack) {
    this.#operate = operate;
    this.#stacks = stacks;
    this.#stack = stack;
  }

  /** Tells what has been added since the last time. */
  notify(): void {
    const { notificationArns } = this.#stack.settings;
    if (notificationArns.length === 0) return;
    const lines = this.#stacks.history(this.#stack.id)?.lines ?? [];
    const added = lines.slice(this.#told);
    this.#told = lines.length;
    this.#publishing = this.#publishing.then(() => this.#publish(notificationArns, added));
  }

  /** Resolves when everything is published. */
  done(): Promise<void> {
    return this.#publishing;
  }

  async #publish(topicArns: readonly string[], lines: readonly StackLine[]): Promise<void> {
    for (const line of lines) {
      for (const TopicArn of topicArns) await this.#publishOne(TopicArn, this.#text(line));
    }
  }

  /** AWS: a topic that is not there, or that is no topic, does the stack no harm. */
  async #publishOne(TopicArn: string, Message: string): Promise<void> {
    const { account, region } = parseArn(TopicArn) ?? this.#stacks.scope;
    try {
      await this.#operate(
        "sns",
        "Publish",
        { TopicArn, Subject: "AWS CloudFormation Notification", Message },
        { account, region },
      );
    } catch (cause) {
      if (!(cause instanceof AwsError)) throw cause;
    }
  }

  /** AWS: a line for each member, in this form and order. */
  #text(line: StackLine): string {
    const members = {
      StackId: this.#stack.id,
      Timestamp: formatIso8601(line.at),
      EventId: line.eventId,
      LogicalResourceId: line.logicalId,
      Namespace: this.#stacks.scope.account,
      PhysicalResourceId: line.physicalId,
      ResourceProperties: line.properties ?? "null",
      ResourceStatus: line.status,
      ResourceStatusReason: line.reason ?? "",
      ResourceType: line.type,
      StackName: this.#stack.name,
      ClientRequestToken: line.token ?? "null",
    };
    return Object.entries(members)
      .map(([name, value]) => `${name}='${value}'\n`)
      .join("");
  }
}
