import type { ServiceModel } from "../../model/contract.ts";
import { RequestEntityTooLarge } from "../../protocol/errors.ts";
import type { WireRequest } from "../../protocol/protocol.ts";

/** Throws RequestEntityTooLarge when the body is larger than any request of the service is. */
export function refuseExcess({ maxBodyBytes }: ServiceModel, { body }: WireRequest): void {
  if (maxBodyBytes !== undefined && body.length > maxBodyBytes) throw new RequestEntityTooLarge();
}
