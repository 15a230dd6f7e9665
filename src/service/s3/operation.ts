import type { Ids } from "../../kernel/ids.ts";
import type { Clock } from "../../kernel/time/clock.ts";
import { checked, type Violation } from "../../model/check.ts";
import { label, payload } from "../../model/location.ts";
import { blob, type StructureShape, string } from "../../model/shape.ts";
import { constraintText } from "../constraint-wording.ts";
import type { Call, Operation, OperationDefinition } from "../service.ts";
import type { AssetStore } from "./asset-store.ts";
import { InvalidArgument } from "./errors.ts";

/** What the service is given at construction. */
export interface S3Deps {
  readonly store: AssetStore;
  readonly ids: Ids;
  readonly clockOf: (account: string) => Clock;
}

/** What an operation works with. */
interface S3Context extends Omit<S3Deps, "clockOf"> {
  readonly call: Call;
  readonly now: () => number;
}

export type S3Operation = Operation<S3Context>;

/** An operation of the service: its input is checked before the handler sees it. */
export function s3Operation<I extends StructureShape, O extends StructureShape | undefined = undefined>(
  definition: OperationDefinition<S3Context, I, O>,
): S3Operation {
  const { input: shape } = definition;
  const refuse = (found: readonly Violation[]) => new InvalidArgument(constraintText(shape, found));
  return { ...definition, run: (context, input) => definition.handle(context, checked(shape, input, refuse)) };
}

export const bucketLabel = label(string());
export const keyLabel = label(string({ min: 1, max: 1024 }));

/** A body in XML, which the handler writes. */
export const xmlBody = payload(string({ mediaType: "application/xml" }));
export const bytesBody = payload(blob());
