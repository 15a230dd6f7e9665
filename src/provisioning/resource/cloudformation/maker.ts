import type { JsonMap } from "../../template/value.ts";
import type { ResourceContext } from "../resource-type.ts";

/** Asks whoever is behind a ServiceToken. Throws AwsErrors. */
type Ask = (context: ResourceContext, token: string, request: JsonMap) => Promise<unknown>;

const SUBJECT = "AWS CloudFormation custom resource request";

/** Somebody who makes custom resources. */
interface Maker {
  /** What the SDK calls the service by which it is asked. */
  readonly service: string;
  readonly ask: Ask;
}

/** Makers of custom resources, by the service of their ServiceToken. AWS: nobody waits for a function either. */
const makers: ReadonlyMap<string, Maker> = new Map<string, Maker>([
  [
    "sns",
    {
      service: "AmazonSNS",
      ask: ({ operate }, TopicArn, request) =>
        operate("sns Publish", { TopicArn, Subject: SUBJECT, Message: JSON.stringify(request) }),
    },
  ],
  [
    "lambda",
    {
      service: "AWSLambda",
      ask: ({ operate }, FunctionName, request) =>
        operate("lambda Invoke", {
          FunctionName,
          InvocationType: "Event",
          Payload: Buffer.from(JSON.stringify(request)).toString("base64"),
        }),
    },
  ],
]);

/** Who is behind a ServiceToken: a topic or a function; undefined when nobody is. */
export function makerBehind(token: string): Maker | undefined {
  return makers.get(token.split(":")[2] ?? "");
}
