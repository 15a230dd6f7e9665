import type { ServiceModel } from "../../../src/model/contract.ts";
import { type Service, serviceOf } from "../../../src/service/service.ts";
import { putBook } from "./put-book.ts";

export const shelfModel: ServiceModel = {
  id: "shelf",
  title: "Shelf",
  apiVersion: "2026-01-01",
  protocols: ["restJson1"],
};

const table = { PutBook: putBook };

export function createShelfService(): Service {
  return serviceOf(shelfModel, table, () => undefined);
}
