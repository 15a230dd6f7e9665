import { invalid, invalidParameter } from "./errors.ts";

/** Throws the InvalidParameter for an attribute's value. Each operation has its own words before the reason. */
export interface Refusal {
  /** The value cannot be, for the reason given: `Policy Error: null`. */
  readonly value: (reason: string) => never;
  /** There is no such attribute, or not of this resource. */
  readonly name: (name: string) => never;
}

/** Of attributes that are set one by one. */
export const whenSet: Refusal = {
  value(reason) {
    throw invalid(reason);
  },
  name() {
    throw invalidParameter("AttributeName");
  },
};

/** Of CreateTopic. */
export const whenCreated: Refusal = {
  value: refuseInAttributes,
  name: (name) => refuseInAttributes(`Unknown attribute ${name}`),
};

/** Of Subscribe. */
export const whenSubscribed: Refusal = {
  value: refuseInAttributes,
  name: () => refuseInAttributes("AttributeName"),
};

function refuseInAttributes(reason: string): never {
  throw invalidParameter("Attributes", reason);
}
