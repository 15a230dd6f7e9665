import { expect, test } from "vitest";
import { protocols as deliveryRows } from "../../../../src/delivery/sns/protocols.ts";
import type { Targets } from "../../../../src/delivery/target/targets.ts";
import {
  protocolTraits,
  type SubscriptionProtocol,
} from "../../../../src/engine/topic/subscription/subscription-protocol.ts";
import { protocols as serviceRows } from "../../../../src/service/sns/subscription/protocols.ts";

/** A table that also has a row for a protocol there is not. */
type WithPigeons<Table extends object> = Table & Readonly<Record<"carrier-pigeon", Table[keyof Table]>>;

test("every protocol has a row in service and delivery", () => {
  const names = Object.keys(protocolTraits).toSorted();
  expect(Object.keys(serviceRows).toSorted()).toEqual(names);
  expect(Object.keys(deliveryRows).toSorted()).toEqual(names);
});

test("the compiler names the tables that a tenth protocol is missing from", () => {
  // @ts-expect-error: it has no traits
  const traits: WithPigeons<typeof protocolTraits> = protocolTraits;
  // @ts-expect-error: nothing says what its subscriptions may and must have
  const service: WithPigeons<typeof serviceRows> = serviceRows;
  // @ts-expect-error: nothing says where its messages go
  const delivery: WithPigeons<typeof deliveryRows> = deliveryRows;
  // @ts-expect-error: no such target
  const target: keyof Targets = "carrier-pigeon";
  expect([traits, service, delivery].map((table) => "carrier-pigeon" in table)).toEqual([false, false, false]);
  expect(target satisfies string).toBe("carrier-pigeon");
});

test("a row has to say everything", () => {
  const { checkEndpoint, ...rest } = serviceRows.sms;
  // @ts-expect-error: what its endpoints look like is missing
  const rows: Partial<typeof serviceRows> = { sms: rest };
  expect(Object.keys(rows)).toEqual(["sms"] satisfies SubscriptionProtocol[]);
  expect(checkEndpoint).toBeTypeOf("function");
});
