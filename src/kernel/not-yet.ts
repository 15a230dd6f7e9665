/**
 * A request cannot be answered before some work is done that takes more than one turn of the event loop. Nothing has
 * happened; once that is done, it is to be asked again.
 */
export class NotYet extends Error {
  readonly isDone: Promise<void>;

  constructor(isDone: Promise<void>) {
    super("There is work to be done first.");
    this.isDone = isDone;
  }
}
