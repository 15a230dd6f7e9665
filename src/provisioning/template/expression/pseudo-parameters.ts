import type { Scope } from "../../../kernel/scope.ts";
import { NO_VALUE, type Value } from "../value.ts";

/** What the pseudo parameters say, beside account and region. */
export interface StackIdentity {
  readonly scope: Scope;
  readonly stackId: string;
  readonly stackName: string;
  readonly notificationArns: readonly string[];
}

const SUFFIXES: Readonly<Record<string, string>> = { "aws-cn": "amazonaws.com.cn" };

/** Every pseudo parameter. CloudFormation user guide, pseudo parameters reference. */
const PSEUDO_PARAMETERS: Readonly<Record<string, (stack: StackIdentity) => Value>> = {
  "AWS::AccountId": ({ scope }) => scope.account,
  "AWS::NotificationARNs": ({ notificationArns }) => notificationArns,
  "AWS::NoValue": () => NO_VALUE,
  "AWS::Partition": ({ scope }) => scope.partition,
  "AWS::Region": ({ scope }) => scope.region,
  "AWS::StackId": ({ stackId }) => stackId,
  "AWS::StackName": ({ stackName }) => stackName,
  "AWS::URLSuffix": ({ scope }) => SUFFIXES[scope.partition] ?? "amazonaws.com",
};

/** The availability zones of a region, of that of the stack if it has no name. */
export function zonesIn({ region: own }: Scope): (region: string) => readonly string[] {
  return (region) => ["a", "b", "c"].map((zone) => `${region || own}${zone}`);
}

export function isPseudoParameter(name: string): boolean {
  return Object.hasOwn(PSEUDO_PARAMETERS, name);
}

export function pseudoParameter(name: string, stack: StackIdentity): Value | undefined {
  return isPseudoParameter(name) ? PSEUDO_PARAMETERS[name]?.(stack) : undefined;
}
