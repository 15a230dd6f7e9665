import type { AwsError } from "../../kernel/aws-error.ts";
import type { ServiceModel } from "../../model/contract.ts";
import { element, escaped } from "./xml.ts";

/** What stands inside an `ErrorResponse`. The request id is beside the error, not in metadata as with results. */
export function errorContent({ hasErrorDetail }: ServiceModel, error: AwsError, requestId: string): string {
  const type = element("Type", error.fault);
  const code = element("Code", escaped(error.queryCode));
  const message = element("Message", escaped(error.queryMessage));
  const detail = hasErrorDetail ? element("Detail", "") : "";
  return element("Error", type + code + message + detail) + element("RequestId", requestId);
}
