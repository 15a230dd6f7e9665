const CHARACTERS = "[A-Za-z0-9_-]";
const SUFFIX = ".fifo";
const PLAIN = new RegExp(`^${CHARACTERS}+$`);
const FIFO = new RegExp(`^${CHARACTERS}+\\${SUFFIX}$`);

/** Whether it is made of letters, digits, hyphens and underscores, as names and ids in SQS and SNS are. */
export function isPlainName(text: string): boolean {
  return PLAIN.test(text);
}

/** What queues or topics can be called, as a regular expression says it. */
export function resourceNameForm(maxLength: number): string {
  return `^(?:${CHARACTERS}{1,${maxLength}}|${CHARACTERS}{1,${maxLength - SUFFIX.length}}\\${SUFFIX})$`;
}

/** Whether a queue or a topic can be called that. */
export function isResourceName(name: string, maxLength: number, isFifo: boolean): boolean {
  return name.length <= maxLength && (isFifo ? FIFO : PLAIN).test(name);
}
