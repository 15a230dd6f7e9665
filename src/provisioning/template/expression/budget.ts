import { meaningError } from "../template-error.ts";

/** So many characters are made of a template in all; one that makes more was not written to be used. GAP: AWS's limits are others. */
const MOST_CHARACTERS = 16 * 1024 * 1024;

/** What the functions of one template may make, so that a short one cannot take all memory. */
export class Budget {
  #left = MOST_CHARACTERS;

  /** Throws TemplateError once too much was made. */
  spend(characters: number): void {
    this.#left -= characters;
    if (this.#left < 0)
      throw meaningError(`the functions of the template make more than ${MOST_CHARACTERS} characters`);
  }
}
