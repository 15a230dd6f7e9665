import type { JsonMap } from "../../template/value.ts";
import type { ResourceContext } from "../resource-type.ts";

/** Asks whoever is behind a ServiceToken. Throws AwsErrors. */
type Ask = (context: ResourceContext, token: string, request: JsonMap) => Promise<unknown>;

const SUBJECT = "AWS CloudFormation custom resource request";

/** How makers of custom resources are asked, by the service of their ServiceToken. AWS: nobody waits for a function either. */
const ways: ReadonlyMap<string, Ask> = new Map<string, Ask>([
  [
    "sns",
    ({ operate }, TopicArn, request) =>
      operate("sns Publish", { TopicArn, Subject: SUBJECT, Message: JSON.stringify(request) }),
  ],
  [
    "lambda",
    ({ operate }, FunctionName, request) =>
      operate("lambda Invoke", {
        FunctionName,
        InvocationType: "Event",
        Payload: Buffer.from(JSON.stringify(request)).toString("base64"),
      }),
  ],
]);

/** Whether a ServiceToken is of somebody who can be asked: a topic or a function. */
export function isMaker(token: string): boolean {
  return wayTo(token) !== undefined;
}

/** How whoever is behind a ServiceToken is asked. */
export function wayTo(token: string): Ask | undefined {
  return ways.get(token.split(":")[2] ?? "");
}
