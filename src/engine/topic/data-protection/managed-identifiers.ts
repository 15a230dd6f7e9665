import { type Detector, patternDetector } from "./detector.ts";
import { findAddresses } from "./ip-addresses.ts";

/*
 * AWS's own data identifiers, as far as a text alone tells. The patterns look a bounded way ahead from each position, so
 * that their cost grows with the text and not faster.
 *
 * GAP: AWS wants card numbers and secret keys to stand near a word such as "card" or "secret key"; here the value is enough.
 */

const LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
const EMAIL = new RegExp(`(?<![\\w.%+-])[\\w.%+-]{1,64}@(?:${LABEL}\\.){1,10}[A-Za-z]{2,63}(?![\\w-])`, "g");

/** 13 to 19 digits in one piece, in fours, or in Amex's and Diners' 4, 6 and the rest. */
const CARD = /(?<![\d.])(?:\d{13,19}|\d{4}([ -])\d{4}\1\d{4}\1\d{1,7}|\d{4}([ -])\d{6}\2\d{4,5})(?!\d)/g;
/** How the numbers of the brands AWS lists start. */
const CARD_PREFIX = /^(?:2[2-7]|3[0-9]|4|5[0-8]|6)/;

const SECRET_KEY = /(?<![A-Za-z0-9/+])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])/g;

/** The identifiers that are found, by the last part of their ARN. */
export const managedIdentifiers: Readonly<Record<string, Detector>> = {
  EmailAddress: patternDetector(EMAIL),
  CreditCardNumber: patternDetector(CARD, isCardNumber),
  IpAddress: findAddresses,
  AwsSecretKey: patternDetector(SECRET_KEY, isMixed),
};

function isCardNumber(text: string): boolean {
  const digits = text.replace(/[ -]/g, "");
  return CARD_PREFIX.test(digits) && passesLuhn(digits);
}

/** Every second digit from the right doubled, the digits of all that add up to a multiple of ten. ISO/IEC 7812-1 annex B */
function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let place = 0; place < digits.length; place++) {
    const digit = Number(digits[digits.length - 1 - place]);
    const weighed = place % 2 === 0 ? digit : digit * 2;
    sum += weighed > 9 ? weighed - 9 : weighed;
  }
  return sum % 10 === 0;
}

/** Digests in hexadecimal have forty characters too. */
function isMixed(text: string): boolean {
  return /[a-z]/.test(text) && /[A-Z]/.test(text) && /\d/.test(text);
}
