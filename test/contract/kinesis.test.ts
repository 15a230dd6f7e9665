import * as sdk from "@aws-sdk/client-kinesis";
import { expect, test } from "vitest";
import type { ErrorIdentity } from "../../src/kernel/aws-error.ts";
import type { Contract } from "../../src/model/contract.ts";
import { structure } from "../../src/model/shape.ts";
import { aKinesis } from "../support/kinesis.ts";
import { describeSchema, describeShape, ourRequiredMembers, requiredMembers } from "./description.ts";

/** Operations and errors in the form the SDK exports them: arrays whose first item tells the kind. */
type SdkOperation = readonly [9, string, string, unknown, () => never, () => never];
type SdkError = readonly [-3, string, string, { readonly error?: "client" | "server" }];

const schemas: readonly unknown[][] = Object.values(sdk).filter((value) => Array.isArray(value));
const operations = schemas.filter(([kind]) => kind === 9) as unknown as readonly SdkOperation[];
const errors = (schemas.filter(([kind]) => kind === -3) as unknown as readonly SdkError[]).filter(
  ([, , name]) => name !== "KinesisServiceException",
);

const { service } = aKinesis();
const contractOf = (name: string): Contract => service.operations.get(name)!;
const catalogue = new Map<string, ErrorIdentity>(
  [...service.operations.values()].flatMap((contract) => contract.errors.map((error) => [error.shape, error] as const)),
);

test("the SDK knows 45 operations and so do we", () => {
  expect(operations.map(([, , name]) => name).sort()).toEqual([...service.operations.keys()].sort());
  expect(operations).toHaveLength(45);
});

test.for(operations)("$2 takes the members the SDK sends", ([, , name, , input]) => {
  expect(describeShape(contractOf(name).input)).toEqual(describeSchema(input()));
});

test.for(operations)("$2 answers with the members the SDK reads", ([, , name, , , output]) => {
  const { output: ours = structure({}), events } = contractOf(name);
  const shape = events === undefined ? ours : structure({ EventStream: events });
  expect(describeShape(shape)).toEqual(describeSchema(output()));
});

// The order of ours is that of AWS's errors.
test.for(operations)("$2 insists on the members the SDK's types insist on", ([, , name, , input]) => {
  expect(ourRequiredMembers(contractOf(name).input).toSorted()).toEqual(requiredMembers(input()).toSorted());
});

test.for(operations)("$2 has an output exactly if the SDK reads one", ([, , name, , , output]) => {
  const { output: ours, events } = contractOf(name);
  const isRead = JSON.stringify(describeSchema(output())) !== JSON.stringify(describeShape(structure({})));
  expect(ours !== undefined || events !== undefined).toBe(isRead);
});

test.for(errors)("$2 is the fault of whom the SDK blames", ([, , name, { error }]) => {
  const { shape, queryCode, status, fault, isModelled } = catalogue.get(name) ?? {};
  const [expectedStatus, expectedFault] = error === "server" ? [500, "Receiver"] : [400, "Sender"];
  expect([shape, queryCode, status, fault, isModelled]).toEqual([name, name, expectedStatus, expectedFault, true]);
});
