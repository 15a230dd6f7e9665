import { invalidParameter } from "../errors.ts";

/** E.164; AWS does without the plus sign. */
const PHONE_NUMBER = /^\+?[1-9]\d{1,14}$/;

export function isPhoneNumber(text: string): boolean {
  return PHONE_NUMBER.test(text);
}

/** Throws InvalidParameter for a number whose owner's wishes cannot be looked up. */
export function checkPhoneNumber(text: string): void {
  if (!isPhoneNumber(text)) throw invalidParameter("PhoneNumber", "input incorrectly formatted");
}
