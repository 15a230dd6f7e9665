import type { Answer, Queue } from "../../api/control.ts";
import type { Step } from "../../api/live.ts";

export type Message = Answer<"queues/messages">["messages"][number];

/** What clients call the queue. */
export function urlOf({ account, name }: Pick<Queue, "account" | "name">): string {
  return `${location.origin}/${account}/${name}`;
}

/** Whether time alone changes what a queue holds in which state. */
export function isMoving({ inFlight, delayed, moveTasks }: Queue): boolean {
  return inFlight + delayed + moveTasks.length > 0;
}

/** Whether a step has to do with a queue. */
export function isOf(arn: string): (step: Step) => boolean {
  return ({ resource, related }) => resource === arn || related === arn;
}
