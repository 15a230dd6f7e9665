import type { SharedText } from "../../../engine/queue/message.ts";
import { md5 } from "../../../kernel/digest.ts";

/** The body of a long message together with its digest, which takes longer than everything else that is done with it. */
export class DigestedBody implements SharedText {
  readonly digest: string;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
    this.digest = md5(text);
  }

  get characters(): number {
    return this.#text.length;
  }

  textFor(): string {
    return this.#text;
  }
}
