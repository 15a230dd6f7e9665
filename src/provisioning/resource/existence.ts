import { AwsError } from "../../kernel/aws-error.ts";
import type { JsonMap } from "../template/value.ts";
import type { ResourceContext } from "./resource-type.ts";

/** Whether a question about something is answered. What cannot be is refused when it is made. */
export async function isThere({ operate }: ResourceContext, call: string, input: JsonMap): Promise<boolean> {
  try {
    await operate(call, input);
    return true;
  } catch (cause) {
    if (cause instanceof AwsError) return false;
    throw cause;
  }
}
