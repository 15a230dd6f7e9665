import type { Scope } from "./scope.ts";

/** The parts of an Amazon Resource Name. */
export interface Arn extends Scope {
  readonly service: string;
  /** Everything after the account, colons included. */
  readonly resource: string;
}

/** The parts of the text, or undefined when it is not `arn:partition:service:region:account:resource`. */
export function parseArn(text: string): Arn | undefined {
  const arn = parseScopeArn(text);
  return arn?.resource ? arn : undefined;
}

/** As `parseArn`, but the resource may be empty: then it is the whole of an account and region. */
export function parseScopeArn(text: string): Arn | undefined {
  const [prefix, partition, service, region, account, ...rest] = text.split(":");
  if (prefix !== "arn" || !partition || !service || region === undefined || account === undefined) return undefined;
  return { partition, service, region, account, resource: rest.join(":") };
}

/** The scope of an ARN that is known to be one. What it names may be empty, as with entries about a whole account. */
export function scopeOfArn(arn: string): Scope {
  const [, partition = "", , region = "", account = ""] = arn.split(":", 5);
  return { partition, region, account };
}

export function formatArn(service: string, { partition, region, account }: Scope, resource: string): string {
  return `arn:${partition}:${service}:${region}:${account}:${resource}`;
}
