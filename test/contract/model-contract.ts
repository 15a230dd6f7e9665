import { expect, test } from "vitest";
import type { ErrorIdentity } from "../../src/kernel/aws-error.ts";
import type { Contract } from "../../src/model/contract.ts";
import { type StructureShape, structure } from "../../src/model/shape.ts";
import type { Service } from "../../src/service/service.ts";
import type { ApiModel, ModelError, ModelShape } from "./api-model.ts";
import { differences, type Facts } from "./differences.ts";

interface Comparison {
  readonly service: Service;
  readonly model: ApiModel;
  readonly operationCount: number;
  /** Whether the service reads some names itself that the model lists, because it words their errors in its own way. */
  readonly readsNamesItself?: boolean;
  /** Whether lists and maps have names of the Query format in this model. */
  readonly hasQueryNames?: boolean;
  /** Codes and statuses of errors, where the model lacks them. */
  readonly errorTraits?: Readonly<Record<string, ModelError>>;
  /** Whether the model is an old one that lacks errors which have come since. */
  readonly isPartial?: boolean;
  /** Where a contract is not the model's on purpose, by operation or shape. A test fails when it is again. */
  readonly known?: Readonly<Record<string, readonly string[]>>;
}

/** Tests that our contracts are those of the model: operations, members, constraints and errors. */
export function testModel(comparison: Comparison): void {
  const { service, model, operationCount, known = {} } = comparison;
  const names = Object.keys(model.operations);
  const contractOf = (name: string): Contract => service.operations.get(name)!;
  const facts: Facts = {
    queryNames: comparison.hasQueryNames ?? false,
    values: !comparison.readsNamesItself,
  };

  test(`${model.source} knows ${operationCount} operations and so do we`, () => {
    expect([...service.operations.keys()].toSorted()).toEqual(names.toSorted());
    expect(names).toHaveLength(operationCount);
  });

  test("it is called on the wire as in the model", () => {
    const { apiVersion, targetPrefix, xmlNamespace } = service.model;
    expect({ apiVersion, targetPrefix, xmlNamespace }).toMatchObject(identityOf(model));
  });

  test.for(names)("%s takes the members of the model, within its bounds", (name) => {
    const input = model.operations[name]!.input?.shape;
    const found = differences(contractOf(name).input, input, model, { ...facts, constraints: true });
    expect(found).toEqual(known[name] ?? []);
  });

  test.for(names)("%s answers with the members of the model", (name) => {
    const output = model.operations[name]!.output?.shape;
    expect(differences(answerOf(contractOf(name)), output, model, facts)).toEqual(known[`${name} output`] ?? []);
  });

  testErrors(comparison);
}

/** SQS has a model for each of its two formats, and neither says what the other does. */
function identityOf({ metadata: { apiVersion, targetPrefix, xmlNamespace } }: ApiModel): object {
  const namespace = xmlNamespace === undefined ? {} : { xmlNamespace };
  return { apiVersion, ...(targetPrefix === undefined ? namespace : { targetPrefix }) };
}

/** What an operation answers with, in the form the model has for it. */
function answerOf({ output = structure({}), events }: Contract): StructureShape {
  return events === undefined ? output : structure({ ...output.members, EventStream: events });
}

/** Tests that operations declare the errors of the model, with the same codes, statuses and members. */
function testErrors({ service, model, errorTraits = {}, known = {}, isPartial }: Comparison): void {
  const declared = Object.entries(model.operations);
  const catalogue = new Map<string, ErrorIdentity>(
    [...service.operations.values()].flatMap(({ errors }) => errors.map((error) => [error.shape, error] as const)),
  );

  test.for(declared)("%s has the errors of the model", ([name, { errors }]) => {
    const ours = service.operations.get(name)!.errors.filter(({ isModelled }) => isModelled);
    const shapes = ours.map(({ shape }) => shape);
    const found = [...missing(errors, shapes, "not ours"), ...(isPartial ? [] : missing(shapes, errors, "ours alone"))];
    expect(found).toEqual(known[`${name} errors`] ?? []);
    expect(new Set(shapes).size).toBe(shapes.length);
  });

  test.for([...new Set(declared.flatMap(([, { errors }]) => errors))])("%s is the error of the model", (name) => {
    const shape = model.shapes[name]!;
    const { code = name, httpStatusCode } = shape.error ?? errorTraits[name] ?? implicitError(name, shape);
    const { queryCode, status, fault, isModelled, messageMember = "message" } = catalogue.get(name) ?? {};
    const expectedFault = httpStatusCode < 500 ? "Sender" : "Receiver";
    expect([queryCode, status, fault, isModelled]).toEqual([code, httpStatusCode, expectedFault, true]);
    const ours = [messageMember, ...(service.model.hasErrorType ? ["Type"] : [])];
    expect(missing(Object.keys(shape.members ?? {}), ours, "not ours")).toEqual(known[name] ?? []);
  });
}

function missing(names: readonly string[], among: readonly string[], word: string): readonly string[] {
  return names.filter((name) => !among.includes(name)).map((name) => `${name}: ${word}`);
}

/** What an error has of which the model says no more than whose fault it is. */
function implicitError(code: string, { fault = false }: ModelShape): ModelError {
  return { code, httpStatusCode: fault ? 500 : 400 };
}
