import type { Json, JsonMap } from "../../template/value.ts";
import { ResourceFailure } from "../resource-type.ts";

/** Throws ResourceFailure unless the version of a runtime is named where it is to be kept, and only there. AWS: its words, observed. */
export function checkRuntimeUpdates(given: Json | undefined): void {
  const { UpdateRuntimeOn, RuntimeVersionArn } = (given ?? {}) as JsonMap;
  if (UpdateRuntimeOn === undefined) return;
  const isManual = UpdateRuntimeOn === "Manual";
  if (isManual && RuntimeVersionArn === undefined) {
    throw new ResourceFailure(
      "InvalidRequest",
      "Missing runtime version ARN. A runtime version ARN is required when UpdateRuntimeVersionOn=Manual. Provide a valid runtime version ARN and retry the request.",
    );
  }
  if (isManual || RuntimeVersionArn === undefined) return;
  throw new ResourceFailure(
    "InvalidRequest",
    `Unexpected runtime version ARN when UpdateRuntimeVersionOn=${String(UpdateRuntimeOn)}. Remove the runtime version ARN and retry the request.`,
  );
}
