import type { Module } from "../../../src/app/modules/module.ts";
import { createShelfService } from "./service.ts";

/** A service of REST-JSON that is there from the start. */
export function shelfModule(): Module {
  return { service: createShelfService(), stores: [] };
}
