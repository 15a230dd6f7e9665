import { string, structure } from "../../../model/shape.ts";
import {
  EndpointDisabled,
  InvalidSecurity,
  invalid,
  invalidParameter,
  kmsErrors,
  ParameterValueInvalid,
  PlatformApplicationDisabled,
  resourceErrors,
  ValidationException,
} from "../errors.ts";
import { snsOperation } from "../operation.ts";
import { checkText } from "../publish/message.ts";
import { readMessageAttributes } from "../publish/message-attributes.ts";
import { isEndpointArn, publishToEndpoint } from "../publish/publish-to-endpoint.ts";
import { publishToPhone } from "../publish/publish-to-phone.ts";
import { publishToTopic } from "../publish/publish-to-topic.ts";
import { topicNamed } from "../resource.ts";
import { arn, messageMembers } from "../shapes.ts";

/** Publishes a message to a topic, a platform endpoint or a phone number. API_Publish. */
export const publish = snsOperation({
  name: "Publish",
  input: structure({ TopicArn: arn, TargetArn: arn, PhoneNumber: string(), ...messageMembers }),
  output: structure({ MessageId: string(), SequenceNumber: string() }),
  errors: [
    ...resourceErrors,
    ParameterValueInvalid,
    EndpointDisabled,
    PlatformApplicationDisabled,
    ...kmsErrors,
    InvalidSecurity,
    ValidationException,
  ],
  gaps: [
    "No KMS key is ever used, so the KMS errors do not occur.",
    "Push payloads are not held against what their platform allows, and no push service is asked about a token.",
    "Every account is out of the SMS sandbox: messages go to numbers nobody verified.",
    "A raw message that no queue can have, empty or with characters that SendMessage refuses in it or its attributes, is dropped like one with too many attributes; what AWS does with it is not known.",
  ],
  handle(context, input) {
    checkTarget(input);
    checkText(input);
    const message = { input, attributes: input.MessageAttributes && readMessageAttributes(input.MessageAttributes) };
    const { TopicArn, TargetArn = "", PhoneNumber } = input;
    if (PhoneNumber !== undefined) return { MessageId: publishToPhone(context, PhoneNumber, message) };
    if (TopicArn === undefined && isEndpointArn(TargetArn)) {
      return { MessageId: publishToEndpoint(context, TargetArn, message) };
    }
    const topic = topicNamed(context, TopicArn ?? TargetArn);
    const { id, sequenceNumber } = publishToTopic(context, topic, message);
    return { MessageId: id, SequenceNumber: sequenceNumber };
  },
});

interface Target {
  readonly TopicArn?: string | undefined;
  readonly TargetArn?: string | undefined;
  readonly PhoneNumber?: string | undefined;
}

function checkTarget({ TopicArn, TargetArn, PhoneNumber }: Target): void {
  const count = Number(TopicArn !== undefined) + Number(TargetArn !== undefined) + Number(PhoneNumber !== undefined);
  if (count === 0) throw invalidParameter("TopicArn or TargetArn", "no value for required parameter");
  // GAP: AWS's words are not known.
  if (count > 1) throw invalid("TopicArn, TargetArn or PhoneNumber Reason: only one of them can be given");
}
