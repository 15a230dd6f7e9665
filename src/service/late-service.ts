import assert from "node:assert/strict";
import { latePart } from "../kernel/load/late-package.ts";
import { present } from "../kernel/present.ts";
import type { ServiceModel } from "../model/contract.ts";
import type { LateOperation, Operation, OperationOutline, Service } from "./service.ts";

/** What is known of a service before it is loaded. */
export interface ServiceOutline {
  readonly model: ServiceModel;
  readonly operations: readonly OperationOutline[];
}

/** A service that costs nothing until somebody calls it. */
interface LateService {
  readonly model: ServiceModel;
  readonly operations: ReadonlyMap<string, LateOperation>;
}

/** The service that `load` makes, which is called once, for the first call. What it fails with fails that call alone. */
export function lateService({ model, operations }: ServiceOutline, load: () => Promise<Service>): LateService {
  let loading: Promise<void> | undefined;
  const loadAll = async (): Promise<void> => {
    try {
      const service = await latePart(load);
      checkNames(service, operations);
      for (const [name, operation] of service.operations) present(late.get(name), name).loaded = operation;
    } finally {
      loading = undefined;
    }
  };
  const late = new Map<string, Late>();
  for (const { name, http } of operations) {
    const operation: Late = {
      name,
      ...(http && { http }),
      loaded: undefined,
      async load() {
        if (operation.loaded === undefined) {
          loading ??= loadAll();
          await loading;
        }
        return present(operation.loaded, name);
      },
    };
    late.set(name, operation);
  }
  return { model, operations: late };
}

/** Every request of a service that is loaded looks there, so it is a plain member. */
interface Late extends LateOperation {
  loaded: Operation | undefined;
}

/** An operation that only one side knows could not be called, or not be found. */
function checkNames({ model, operations }: Service, outlines: readonly OperationOutline[]): void {
  const names = outlines.map(({ name }) => name);
  assert.deepEqual([...operations.keys()].toSorted(), names.toSorted(), `the operations of ${model.id}`);
}
