import { present } from "../../../kernel/present.ts";
import { isRoleArn } from "../attribute-values.ts";
import { InvalidParameter, invalidParameter } from "../errors.ts";

type Attributes = Readonly<Record<string, string>>;

/** What the text messaging of an account can be told, and whether a value can be. API_SetSMSAttributes. */
const validators: Readonly<Record<string, (text: string) => boolean>> = {
  MonthlySpendLimit: (text) => /^\d+$/.test(text),
  DeliveryStatusIAMRole: isRoleArn,
  DeliveryStatusSuccessSamplingRate: (text) => /^\d+$/.test(text) && Number(text) <= 100,
  DefaultSenderID: (text) => /^(?=.*[A-Za-z])[A-Za-z0-9]{1,11}$/.test(text),
  DefaultSMSType: (text) => text === "Promotional" || text === "Transactional",
  UsageReportS3Bucket: () => true,
};

/**
 * The attributes after the given ones are set; the empty text takes one away. Throws InvalidParameter for the first that
 * cannot be. AWS: without the words all other texts begin with.
 */
export function changedSmsAttributes(current: Attributes, given: Attributes): Attributes {
  for (const [name, text] of Object.entries(given)) {
    if (!Object.hasOwn(validators, name)) throw new InvalidParameter(`${name} is not a valid attribute`);
    if (text !== "" && !present(validators[name], "the validator of an attribute")(text))
      throw new InvalidParameter(`${name} is invalid`);
  }
  return Object.fromEntries(Object.entries({ ...current, ...given }).filter(([, value]) => value !== ""));
}

/** E.164; AWS does without the plus sign. */
const PHONE_NUMBER = /^\+?[1-9]\d{1,14}$/;

export function isPhoneNumber(text: string): boolean {
  return PHONE_NUMBER.test(text);
}

/** Throws InvalidParameter for a number whose owner's wishes cannot be looked up. */
export function checkPhoneNumber(text: string): void {
  if (!isPhoneNumber(text)) throw invalidParameter("PhoneNumber", "input incorrectly formatted");
}
