import { isJsonObject, type JsonObject } from "../../../kernel/json/json-object.ts";
import type { Operation } from "./policy.ts";
import { PolicyFault } from "./policy-fault.ts";

const MAX_SAMPLE_RATE = 99;
const STANDARD_MASK = "*";
const DESTINATIONS = ["FindingsDestination", "NoFindingsDestination"];

/** Reads what a statement does about what it finds. Throws PolicyFault. */
export function readOperation(value: unknown, place: string): Operation {
  const [name, settings] = onlyMember(value, place, ["Audit", "Deidentify", "Deny"]);
  if (name === "Deny") return { kind: "deny" };
  if (name === "Audit") return readAudit(settings, `${place}.Audit`);
  const [way, config] = onlyMember(settings, `${place}.Deidentify`, ["MaskConfig", "RedactConfig"]);
  return { kind: "deidentify", mask: way === "MaskConfig" ? readMask(config, place) : undefined };
}

function readAudit(settings: JsonObject, place: string): Operation {
  const rate = settings.SampleRate;
  const sampleRate = typeof rate === "number" || (typeof rate === "string" && /^\d+$/.test(rate)) ? Number(rate) : -1;
  if (!Number.isInteger(sampleRate) || sampleRate < 0 || sampleRate > MAX_SAMPLE_RATE) {
    throw new PolicyFault(`${place}.SampleRate must be an integer from 0 to ${MAX_SAMPLE_RATE}`);
  }
  if (!DESTINATIONS.some((name) => isJsonObject(settings[name]))) {
    throw new PolicyFault(`${place} must have a ${DESTINATIONS.join(" or a ")}`);
  }
  return { kind: "audit", sampleRate };
}

function readMask({ MaskWithCharacter: mask = STANDARD_MASK }: JsonObject, place: string): string {
  if (typeof mask === "string" && /^[ -~]$/.test(mask)) return mask;
  throw new PolicyFault(`${place}.Deidentify.MaskConfig.MaskWithCharacter must be a single printable ASCII character`);
}

/** Name and value of the one member an object has, which must be one of those. */
function onlyMember(value: unknown, place: string, names: readonly string[]): readonly [string, JsonObject] {
  const [member, ...others] = isJsonObject(value) ? Object.entries(value) : [];
  if (member !== undefined && others.length === 0) {
    const [name, settings] = member;
    if (names.includes(name) && isJsonObject(settings)) return [name, settings];
  }
  throw new PolicyFault(`${place} must have exactly one of ${names.join(", ")}`);
}
