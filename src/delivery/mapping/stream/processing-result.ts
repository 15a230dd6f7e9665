import type { FunctionAnswer } from "../../../engine/invocation.ts";
import type { LaneChange } from "../../../engine/mapping/stream/reading-event.ts";

/** What became of a batch, as LastProcessingResult tells it. GAP: of AWS's words for problems only the first are known. */
export function resultOf(answer: FunctionAnswer, change: LaneChange): string {
  switch (answer.type) {
    case "answered":
      return isTaken(change) ? "OK" : "PROBLEM: Function call failed";
    case "failed":
      return "PROBLEM: Function call failed";
    case "throttled":
      return "PROBLEM: Function call was throttled";
    case "missing":
      return "PROBLEM: Function not found";
    case "recursive":
    case "unreachable":
      return `PROBLEM: ${answer.reason}`;
    case "stopped":
      return "PROBLEM: Function call was stopped";
  }
}

/** Whether the function took the batch, or the first records of it. */
function isTaken(change: LaneChange): boolean {
  return change === "batchProcessed" || change === "batchProcessedInPart" || change === "windowClosed";
}
