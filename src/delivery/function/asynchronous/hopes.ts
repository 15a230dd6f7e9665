import type { EndedEvent, OwedEvent } from "../../../engine/function/asynchronous/owed-event.ts";
import { parseJsonObject } from "../../../kernel/json/json-object.ts";

/** Hears of an event that nothing will come of, and why. Never throws. */
export type ReportHopeless = (event: Pick<OwedEvent, "functionArn" | "payload">, reason: string) => void;

/** Tells whoever waits for what a function does with an event that it is no use. */
export class Hopes {
  readonly #report: ReportHopeless | undefined;

  constructor(report: ReportHopeless | undefined) {
    this.#report = report;
  }

  /** A function that cannot even be loaded is tried again as on AWS, and is not going to be another one. */
  failed(event: OwedEvent, document: string): void {
    if (this.#report === undefined) return;
    const { errorType, errorMessage } = parseJsonObject(document) ?? {};
    if (/^Runtime\.(?!ExitError)/.test(String(errorType))) this.#report(event, `${errorType}: ${errorMessage}`);
  }

  ended({ event, givenUp, response }: EndedEvent): void {
    if (givenUp === undefined) return;
    const { errorType } = parseJsonObject(response?.payload ?? "") ?? {};
    const kind = typeof errorType === "string" ? `${errorType}: ` : "";
    this.#report?.(event, `${kind}${givenUp.errorMessage}`);
  }
}
