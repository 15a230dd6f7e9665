import { required, string, structure } from "../../../model/shape.ts";
import { InvalidSecurity, resourceErrors } from "../errors.ts";
import { snsOperation } from "../operation.ts";
import { protectedTopic } from "../resource.ts";
import { arn } from "../shapes.ts";
import { checkDataProtectionPolicy } from "../topic/topic-changes.ts";

/** Gives a topic a data protection policy, or takes it away. API_PutDataProtectionPolicy. */
export const putDataProtectionPolicy = snsOperation({
  name: "PutDataProtectionPolicy",
  input: structure({ ResourceArn: required(arn), DataProtectionPolicy: required(string()) }),
  errors: [...resourceErrors, InvalidSecurity],
  gaps: [
    "Of AWS's data identifiers EmailAddress, CreditCardNumber, IpAddress and AwsSecretKey are found, and custom ones; the others are accepted and never found.",
    "Card numbers and secret keys need no keyword beside them.",
    "Patterns of custom identifiers are RE2's; patterns too many or too complex for the size of a message refuse it.",
    "Audits look at every message unless SampleRate is 0, and their findings are sent to no destination.",
  ],
  handle(context, { ResourceArn, DataProtectionPolicy }) {
    const topic = protectedTopic(context, ResourceArn);
    const { definition } = topic;
    const dataProtectionPolicy = checkDataProtectionPolicy(DataProtectionPolicy, definition.settings);
    topic.configure({ ...definition, dataProtectionPolicy });
  },
});
