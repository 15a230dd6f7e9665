import type { PlainMap, Policy } from "./function.ts";

/** Who wants to invoke a function, and on whose behalf. */
interface Caller {
  /** A service of AWS, `sns.amazonaws.com`. */
  readonly principal: string;
  /** ARN of what it acts for. */
  readonly sourceArn: string;
  /** The account that is in. */
  readonly sourceAccount: string;
}

const ACTIONS: readonly unknown[] = ["lambda:InvokeFunction", "lambda:*", "*"];

/** Whether a resource policy lets a service invoke what it is the policy of. Understands what AddPermission writes. */
export function permits(policy: Policy | undefined, caller: Caller): boolean {
  return policy?.statements.some((statement) => permitsBy(statement, caller)) === true;
}

function permitsBy({ Effect, Principal, Action, Condition }: PlainMap, caller: Caller): boolean {
  if (Effect !== "Allow" || !ACTIONS.includes(Action)) return false;
  const isMeant = Principal === "*" || (isMap(Principal) && Principal.Service === caller.principal);
  return isMeant && Object.entries(isMap(Condition) ? Condition : {}).every((one) => isMet(one, caller));
}

function isMet([operator, wanted]: readonly [string, unknown], caller: Caller): boolean {
  if (!isMap(wanted)) return false;
  return Object.entries(wanted).every(([key, value]) => {
    if (typeof value !== "string") return false;
    if (operator === "ArnLike" && key === "AWS:SourceArn") return isLike(caller.sourceArn, value);
    return operator === "StringEquals" && key === "AWS:SourceAccount" && value === caller.sourceAccount;
  });
}

/** As IAM compares ARNs: part by part, where `*` stands for any characters of a part and `?` for one. The last part may have colons. */
function isLike(arn: string, pattern: string): boolean {
  const [parts, patterns] = [partsOf(arn), partsOf(pattern)];
  return parts.length === patterns.length && parts.every((part, index) => matches(part, patterns[index] ?? ""));
}

function partsOf(arn: string): readonly string[] {
  const parts = arn.split(":");
  return [...parts.slice(0, 5), parts.slice(5).join(":")];
}

/** Goes back to the last `*` alone, so that it costs no more than the product of the lengths. */
function matches(text: string, pattern: string): boolean {
  let [at, inPattern, star, resumeAt] = [0, 0, -1, 0];
  while (at < text.length) {
    const wanted = pattern[inPattern];
    if (wanted === "*") {
      star = inPattern++;
      resumeAt = at;
    } else if (wanted === "?" || wanted === text[at]) {
      inPattern++;
      at++;
    } else if (star >= 0) {
      inPattern = star + 1;
      at = ++resumeAt;
    } else return false;
  }
  while (pattern[inPattern] === "*") inPattern++;
  return inPattern === pattern.length;
}

function isMap(value: unknown): value is PlainMap {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
