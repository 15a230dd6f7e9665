import { InvalidParameterValue } from "../../engine/function/function-errors.ts";
import type { AwsError } from "../../kernel/aws-error.ts";

/** What is answered for a destination that is a FIFO topic, or a FIFO queue where AWS has words of its own for it. */
export function fifoDestination(service: string): AwsError {
  const kind = service === "sns" ? "SNS topics" : "SQS queues";
  return new InvalidParameterValue(`FIFO-type Amazon ${kind} aren't supported as a destination.`);
}
