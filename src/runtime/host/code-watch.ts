import { type Dirent, type FSWatcher, readdirSync, watch } from "node:fs";
import { join } from "node:path";
import { Alarm } from "../../kernel/time/alarm.ts";
import type { Clock } from "../../kernel/time/clock.ts";

/** An editor writes more than once, and a build many files. */
const DEBOUNCE_MS = 50;
/** Directories beyond are not watched: each costs the system something. */
const MOST_DIRECTORIES = 1_000;
/** What nobody edits, or the function itself writes. */
const IGNORED = /^(?:node_modules|__pycache__|\..*|.*\.pyc|.*~|.*\.sw[a-z])$/;

/** Tells when something in a directory has changed. */
export class CodeWatch {
  readonly #root: string;
  readonly #clock: Clock;
  readonly #alarm: Alarm;
  readonly #watchers = new Map<string, FSWatcher>();

  constructor(root: string, clock: Clock, onChange: () => void) {
    this.#root = root;
    this.#clock = clock;
    this.#alarm = new Alarm(clock, () => {
      this.#follow(this.#root); // there may be new directories
      onChange();
    });
    this.#follow(root);
  }

  close(): void {
    this.#alarm.set(Number.POSITIVE_INFINITY);
    for (const watcher of this.#watchers.values()) watcher.close();
    this.#watchers.clear();
  }

  #follow(directory: string): void {
    if (this.#watchers.size >= MOST_DIRECTORIES) return;
    if (!this.#watchers.has(directory)) this.#watch(directory);
    for (const { name } of directoriesIn(directory)) this.#follow(join(directory, name));
  }

  #watch(directory: string): void {
    try {
      const watcher = watch(directory, (_event, name) => {
        if (name === null || !IGNORED.test(name)) this.#alarm.set(this.#clock.now() + DEBOUNCE_MS);
      });
      watcher.on("error", () => this.#forget(directory)); // it was removed, for instance
      this.#watchers.set(directory, watcher);
    } catch {
      // it is there no more, or the system has no more watches
    }
  }

  #forget(directory: string): void {
    this.#watchers.get(directory)?.close();
    this.#watchers.delete(directory);
  }
}

function directoriesIn(directory: string): readonly Dirent[] {
  try {
    const entries = readdirSync(directory, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory() && !IGNORED.test(entry.name));
  } catch {
    return [];
  }
}
