/** GSM 03.38: characters of one septet, and those that take two. */
const ONE_SEPTET =
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
const TWO_SEPTETS = "\f^{}\\[~]|€";

/** Units in a message of its own, and in each part of a longer one, whose headers take some. */
const SEPTETS = { alone: 160, inPart: 153 };
const UTF16_UNITS = { alone: 70, inPart: 67 };

/** In how many parts a text message is sent: GSM-7 if all its characters are in there, else UCS-2. SNS guide, SMS. */
export function smsParts(text: string): number {
  const septets = septetsOf(text);
  const units = septets ?? text.length;
  const limits = septets === undefined ? UTF16_UNITS : SEPTETS;
  return units <= limits.alone ? 1 : Math.ceil(units / limits.inPart);
}

/** Undefined when the alphabet has not all of the characters. */
function septetsOf(text: string): number | undefined {
  let septets = 0;
  for (const character of text) {
    if (ONE_SEPTET.includes(character)) septets += 1;
    else if (TWO_SEPTETS.includes(character)) septets += 2;
    else return undefined;
  }
  return septets;
}
