import { invalidParameter } from "../errors.ts";

const STANDARD_NAME = /^[A-Za-z0-9_-]{1,256}$/;
const FIFO_NAME = /^(?=.{1,256}$)[A-Za-z0-9_-]+\.fifo$/;

/** Whether the topic being created is a FIFO one. Throws InvalidParameter when its name is not one for its type. */
export function isFifoTopic(name: string, attributes: Readonly<Record<string, string>>): boolean {
  const isFifo = attributes.FifoTopic?.toLowerCase() === "true";
  if (!(isFifo ? FIFO_NAME : STANDARD_NAME).test(name)) throw invalidParameter("Topic Name");
  return isFifo;
}
