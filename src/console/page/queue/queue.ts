import type { Answer, Queue } from "../../api/control.ts";
import type { Step } from "../../api/live.ts";

export type Message = Answer<"queues/messages">["messages"][number];

/** What clients call the queue. */
export function urlOf({ account, name }: Pick<Queue, "account" | "name">): string {
  return `${location.origin}/${account}/${name}`;
}

/** Whether a step has to do with a queue. */
export function isOf(arn: string): (step: Step) => boolean {
  return ({ resource, related }) => resource === arn || related === arn;
}
