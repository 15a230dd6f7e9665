import { createServices } from "../../src/app/modules/services.ts";
import { createOperate } from "../../src/app/operate.ts";
import { configFromOptions } from "../../src/app/settings/config.ts";
import { seededIds } from "../../src/kernel/ids.ts";
import { Clocks } from "../../src/kernel/time/clocks.ts";
import type { Operate } from "../../src/provisioning/operate.ts";
import { Interceptors } from "../../src/server/intercept.ts";
import { silentLogger } from "../../src/server/log.ts";
import { ACCOUNT, aFrozenClock, REGION } from "./service-call.ts";

const PLACE = { account: ACCOUNT, region: REGION };

/** Runs an operation of CloudFormation; its answer is data that tests know better than the compiler. */
// biome-ignore lint/suspicious/noExplicitAny: answers of thirty operations, looked at member by member.
type Answer = any;

/** CloudFormation over all services in memory. */
export function aCloudFormation() {
  const ids = seededIds("cloudformation");
  const clock = aFrozenClock();
  const operate: Operate = (service, operation, input, place) => operated(service, operation, input, place);
  const services = createServices(configFromOptions({}), {
    // Nothing falls due by such a clock, and what is read in turns still goes on.
    clocks: Object.assign(new Clocks(clock), { soon: (task: () => void) => queueMicrotask(task) }),
    ids,
    log: silentLogger,
    operate,
  });
  const interceptors = new Interceptors();
  const operated = createOperate({ services: services.list, interceptors, ids, origin: () => "http://localhost:4566" });
  const call = (name: string, input: object = {}): Promise<Answer> => operate("cloudformation", name, input, PLACE);
  /** What happened to a stack, the oldest first: `Jobs CREATE_COMPLETE`. */
  const story = async (StackName: string): Promise<readonly string[]> => {
    const { StackEvents } = await call("DescribeStackEvents", { StackName });
    return StackEvents.toReversed().map((event: Answer) => `${event.LogicalResourceId} ${event.ResourceStatus}`);
  };
  const stack = async (StackName: string): Promise<Answer> => (await call("DescribeStacks", { StackName })).Stacks[0];
  /** How all stacks stand but the one of the bootstrap, which is always there; the newest first. */
  const statuses = async (): Promise<readonly string[]> => {
    const { StackSummaries } = await call("ListStacks");
    const made = StackSummaries.filter((stack: Answer) => stack.StackName !== "CDKToolkit");
    return made.map((stack: Answer) => stack.StackStatus);
  };
  const other = (service: string, name: string, input: object): Promise<Answer> => operate(service, name, input, PLACE);
  return { call, story, stack, statuses, other, services, [Symbol.asyncDispose]: () => services.close() };
}

/** A template in JSON with those resources and what else is given. */
export function template(Resources: object, more: object = {}): string {
  return JSON.stringify({ Resources, ...more });
}

/** A queue with those properties. */
export function queue(Properties: object = {}, more: object = {}): object {
  return { Type: "AWS::SQS::Queue", Properties, ...more };
}
