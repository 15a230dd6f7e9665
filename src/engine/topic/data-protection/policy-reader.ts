import { isJsonObject, type JsonObject } from "../../../kernel/json/json-object.ts";
import { customIdentifiers, readIdentifier } from "./identifier-reader.ts";
import { readOperation } from "./operation-reader.ts";
import type { DataDirection, DataProtectionPolicy, Statement } from "./policy.ts";
import { PolicyFault } from "./policy-fault.ts";

/** The version of the policy language, the only one there is. */
const VERSION = "2021-06-01";

/** Reads a policy document. Throws PolicyFault. */
export function readPolicy(document: JsonObject): DataProtectionPolicy {
  if (typeof document.Name !== "string") throw new PolicyFault("Name must be a string");
  if (document.Version !== VERSION) throw new PolicyFault(`Version must be ${VERSION}`);
  const custom = customIdentifiers(document.Configuration);
  const statements = filledList(document.Statement, "Statement").map((value, index) => {
    const place = `Statement[${index}]`;
    if (!isJsonObject(value)) throw new PolicyFault(`${place} must be an object`);
    return readStatement(value, place, custom);
  });
  const audits = statements.filter(({ operation }) => operation.kind === "audit");
  if (audits.length > 1) throw new PolicyFault("only one statement can have the operation Audit");
  return { statements };
}

function readStatement(value: JsonObject, place: string, custom: ReturnType<typeof customIdentifiers>): Statement {
  const direction = readDirection(value.DataDirection);
  const principals = new Set(texts(value.Principal, `${place}.Principal`));
  const names = texts(value.DataIdentifier, `${place}.DataIdentifier`);
  if (new Set(names).size < names.length) throw new PolicyFault(`${place}.DataIdentifier names one of them twice`);
  const identifiers = names.map((name) => readIdentifier(name, place, custom));
  const operation = readOperation(value.Operation, `${place}.Operation`);
  if (operation.kind === "audit" && direction === "Outbound") {
    throw new PolicyFault(`${place}.Operation cannot be Audit for outbound messages`);
  }
  return { direction, principals, identifiers, operation };
}

function readDirection(value: unknown): DataDirection {
  if (value === "Inbound" || value === "Outbound") return value;
  // AWS: these words are its own, without the statement's place.
  throw new PolicyFault("Statement DataDirection must be either Inbound or Outbound");
}

function texts(value: unknown, place: string): readonly string[] {
  const list = filledList(value, place);
  if (list.every((item) => typeof item === "string")) return list;
  throw new PolicyFault(`${place} must be a list of strings`);
}

function filledList(value: unknown, place: string): readonly unknown[] {
  if (Array.isArray(value) && value.length > 0) return value;
  throw new PolicyFault(`${place} must be a list that is not empty`);
}
