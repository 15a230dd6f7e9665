import { inject } from "vitest";

declare module "vitest" {
  interface ProvidedContext {
    /** What reads HTTP/1.1 in the servers of a project; our own reader unless said. */
    readonly httpReader?: "own" | "node";
  }
}

/** What reads HTTP/1.1 in the servers that the running tests start. */
export function httpReader(): "own" | "node" {
  return inject("httpReader") ?? "own";
}
