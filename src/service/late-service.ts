import assert from "node:assert/strict";
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
  let loaded: ReadonlyMap<string, Operation> | undefined;
  let loading: Promise<ReadonlyMap<string, Operation>> | undefined;
  const loadAll = async (): Promise<ReadonlyMap<string, Operation>> => {
    try {
      const service = await load();
      checkNames(service, operations);
      loaded = service.operations;
      return loaded;
    } finally {
      loading = undefined;
    }
  };
  const lateOperation = ({ name, http }: OperationOutline) => ({
    name,
    ...(http && { http }),
    get loaded() {
      return loaded?.get(name);
    },
    async load() {
      loading ??= loadAll();
      return present((loaded ?? (await loading)).get(name), name);
    },
  });
  return { model, operations: new Map(operations.map((outline) => [outline.name, lateOperation(outline)])) };
}

/** An operation that only one side knows could not be called, or not be found. */
function checkNames({ model, operations }: Service, outlines: readonly OperationOutline[]): void {
  const names = outlines.map(({ name }) => name);
  assert.deepEqual([...operations.keys()].toSorted(), names.toSorted(), `the operations of ${model.id}`);
}
