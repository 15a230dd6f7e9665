import type { ServedService, Service } from "../../src/service/service.ts";

/** The service with all its operations there, the late ones, too. */
export async function loadedService({ model, operations }: ServedService): Promise<Service> {
  const loaded = [...operations].map(
    async ([name, operation]) => [name, "load" in operation ? await operation.load() : operation] as const,
  );
  return { model, operations: new Map(await Promise.all(loaded)) };
}
