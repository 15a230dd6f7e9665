const PLAIN = /^[A-Za-z0-9_-]+$/;
const FIFO = /^[A-Za-z0-9_-]+\.fifo$/;

/** Whether it is made of letters, digits, hyphens and underscores, as names and ids in SQS and SNS are. */
export function isPlainName(text: string): boolean {
  return PLAIN.test(text);
}

/** Whether a queue or a topic can be called that. */
export function isResourceName(name: string, maxLength: number, isFifo: boolean): boolean {
  return name.length <= maxLength && (isFifo ? FIFO : PLAIN).test(name);
}
