/** The machine's time and its timers: the only place of the console that touches them. */

/** Epoch milliseconds. */
export function machineNow(): number {
  return Date.now();
}

/** Runs a task after some milliseconds, unless the answer is called before. */
export function after(delayMs: number, task: () => void): () => void {
  const timer = setTimeout(task, Math.min(delayMs, LONGEST_DELAY_MS));
  return () => clearTimeout(timer);
}

/** Runs a task again and again while the page can be seen, until the answer is called. */
export function every(intervalMs: number, task: () => void): () => void {
  const timer = setInterval(() => {
    if (document.visibilityState === "visible") task();
  }, intervalMs);
  return () => clearInterval(timer);
}

/** Browsers take no longer delay. */
const LONGEST_DELAY_MS = 2 ** 31 - 1;
