import type { RestContract } from "../../model/contract.ts";
import type { Protocol } from "../protocol.ts";
import { restInput } from "./decode.ts";
import { restAnswer } from "./encode.ts";
import { restError } from "./error.ts";

/** AWS's restJson1, as Lambda, EventBridge Scheduler and EventBridge Pipes speak it. */
export const restJson1: Protocol<RestContract> = {
  name: "restJson1",
  decode: restInput,
  encode: (_service, contract, output, requestId) => restAnswer(contract, output, requestId),
  encodeError: restError,
};
