import { expect, test } from "vitest";
import type { ErrorIdentity } from "../../src/kernel/aws-error.ts";
import type { Contract } from "../../src/model/contract.ts";
import { structure } from "../../src/model/shape.ts";
import type { Service } from "../../src/service/service.ts";
import { describeSchema, describeShape, ourRequiredMembers, requiredMembers } from "./description.ts";

/** Operations and errors in the form the SDK exports them: arrays whose first item tells the kind. */
type SdkOperation = readonly [9, string, string, unknown, () => never, () => never];
type SdkError = readonly [
  -3,
  string,
  string,
  { readonly awsQueryError?: [string, number]; readonly httpError?: number },
];

interface Comparison {
  /** Everything the SDK's package exports. */
  readonly sdk: object;
  readonly service: Service;
  readonly operationCount: number;
  /** The SDK's base class of the service's errors, which is none itself. */
  readonly baseError: string;
}

/** Tests that our contracts and error codes are those of the SDK. */
export function testContract({ sdk, service, operationCount, baseError }: Comparison): void {
  const schemas: readonly unknown[][] = Object.values(sdk).filter((value) => Array.isArray(value));
  const operations = schemas.filter(([kind]) => kind === 9) as unknown as readonly SdkOperation[];
  const errors = (schemas.filter(([kind]) => kind === -3) as unknown as readonly SdkError[]).filter(
    ([, , name]) => name !== baseError,
  );
  const contractOf = (name: string): Contract => service.operations.get(name)!;
  const catalogue = new Map<string, ErrorIdentity>(
    [...service.operations.values()].flatMap(({ errors }) => errors.map((error) => [error.shape, error] as const)),
  );

  test(`the SDK knows ${operationCount} operations and so do we`, () => {
    expect(operations.map(([, , name]) => name).sort()).toEqual([...service.operations.keys()].sort());
    expect(operations).toHaveLength(operationCount);
  });

  test.for(operations)("$2 takes the members the SDK sends", ([, , name, , input]) => {
    expect(describeShape(contractOf(name).input)).toEqual(describeSchema(input()));
  });

  test.for(operations)("$2 answers with the members the SDK reads", ([, , name, , , output]) => {
    expect(describeShape(contractOf(name).output ?? structure({}))).toEqual(describeSchema(output()));
  });

  test.for(operations)("$2 insists on the members the SDK's types insist on", ([, , name, , input]) => {
    expect(ourRequiredMembers(contractOf(name).input)).toEqual(requiredMembers(input()));
  });

  test.for(errors)("$2 has the SDK's Query code and status", ([, , name, { awsQueryError, httpError }]) => {
    const [queryCode, status] = awsQueryError ?? [name, httpError ?? 400];
    const { shape, queryCode: ourCode, status: ourStatus, isModelled } = catalogue.get(name) ?? {};
    expect([shape, ourCode, ourStatus, isModelled]).toEqual([name, queryCode, status, true]);
  });
}
