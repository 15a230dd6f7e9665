import type { AwsError } from "../../kernel/aws-error.ts";
import type { ServiceModel } from "../../model/contract.ts";
import { escaped, innerMargin, type Margin, parentElement, textElement } from "./xml.ts";

/** What stands inside an `ErrorResponse`. The request id is beside the error, not in metadata as with results. */
export function errorElements(service: ServiceModel, error: AwsError, { requestId, margin }: ErrorPlace): string {
  const inside = innerMargin(margin);
  const parts = [
    textElement("Type", error.fault, inside),
    textElement("Code", escaped(error.queryCode), inside),
    textElement("Message", escaped(error.queryMessage), inside),
    service.hasErrorDetail ? textElement("Detail", "", inside) : "",
  ];
  return parentElement("Error", parts.join(""), margin) + textElement("RequestId", requestId, margin);
}

interface ErrorPlace {
  readonly requestId: string;
  readonly margin: Margin;
}
