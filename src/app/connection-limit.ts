import { readFileSync } from "node:fs";

/** The share of file descriptors that clients may take. The rest is for deliveries, files and what is loaded late. */
const CLIENTS_SHARE = 3 / 4;
const OPEN_FILES = /^Max open files +(\d+)/m;

/** How many connections to hold at once, by what the system lets the process have open; undefined where that is not known. */
export function connectionLimit(readLimits: () => string = readLinuxLimits): number | undefined {
  try {
    const [, openFiles] = OPEN_FILES.exec(readLimits()) ?? [];
    return openFiles === undefined ? undefined : Math.floor(Number(openFiles) * CLIENTS_SHARE);
  } catch {
    return undefined; // not Linux
  }
}

function readLinuxLimits(): string {
  return readFileSync("/proc/self/limits", "latin1");
}
