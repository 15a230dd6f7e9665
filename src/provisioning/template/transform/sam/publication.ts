import { createHash } from "node:crypto";
import { isList, jsonOf, textOf, type Value, type ValueMap } from "../../value.ts";
import { getAtt, invalidResource, mapIn, type Resources, ref, resource, withoutUndefined } from "./sam-resource.ts";

const HASH_LENGTH = 10;

type Resolve = (value: Value) => Value;

/** That a function is published, and under which alias. */
interface Publication {
  readonly alias: string;
  readonly aliasId: string;
  /** What its code is, as the template says it. */
  readonly codeSha256: string | undefined;
  /** The description of the function with that; undefined where it stays as it is. */
  readonly description: Value | undefined;
}

/** How a function is published; undefined when it is not. Throws TemplateError. */
export function publicationOf(functionId: string, properties: ValueMap, resolved: Resolve): Publication | undefined {
  const { AutoPublishAlias, AutoPublishCodeSha256, Description } = properties;
  if (AutoPublishAlias === undefined) return undefined;
  const alias = textOf(resolved(AutoPublishAlias));
  if (alias === undefined) {
    throw invalidResource(functionId, "'AutoPublishAlias' must be a string or a Ref to a template parameter");
  }
  const aliasId = `${functionId}Alias${alias.replace(/[^A-Za-z0-9]/g, "")}`;
  if (AutoPublishCodeSha256 === undefined) return { alias, aliasId, codeSha256: undefined, description: undefined };
  const codeSha256 = textOf(resolved(AutoPublishCodeSha256));
  if (codeSha256 === undefined) throw invalidResource(functionId, "AutoPublishCodeSha256 must be a string");
  return { alias, aliasId, codeSha256, description: describedWith(Description && resolved(Description), codeSha256) };
}

/** AWS: Lambda publishes no second version unless something has changed, so that the description says what the code is. */
function describedWith(description: Value | undefined, codeSha256: string): Value {
  if (description === undefined) return codeSha256;
  const text = textOf(description);
  return text === undefined ? { "Fn::Join": [" ", [description, codeSha256]] } : `${text} ${codeSha256}`;
}

/** A function that is published. */
interface Published {
  readonly functionId: string;
  /** As SAM has them. */
  readonly properties: ValueMap;
  /** The function of Lambda. */
  readonly declared: ValueMap;
  readonly publication: Publication;
  readonly resolved: Resolve;
  readonly resources: Resources;
}

/** Adds the version of a function, whose logical id is another when its code is, and its alias. */
export function publish({ functionId, properties, declared, publication, resolved, resources }: Published): void {
  const { VersionDescription, VersionDeletionPolicy, ProvisionedConcurrencyConfig } = properties;
  const { alias, aliasId, codeSha256 } = publication;
  const hash =
    codeSha256?.slice(0, HASH_LENGTH) ?? hashOf(publishedOf(properties, mapIn(declared, "Properties"), resolved));
  const versionId = `${functionId}Version${hash}`;
  const version = resource("AWS::Lambda::Version", { FunctionName: ref(functionId), Description: VersionDescription });
  resources.set(versionId, { DeletionPolicy: VersionDeletionPolicy ?? "Retain", ...version });
  resources.set(
    aliasId,
    resource("AWS::Lambda::Alias", {
      Name: alias,
      FunctionName: ref(functionId),
      FunctionVersion: getAtt(versionId, "Version"),
      ProvisionedConcurrencyConfig,
    }),
  );
}

/** AWS: what makes another version: the code and little else, or everything where that is asked for, but a role that is made for it. */
function publishedOf(properties: ValueMap, { Role: _role, ...declared }: ValueMap, resolved: Resolve): Value {
  const { AutoPublishAliasAllProperties, Role } = properties;
  if (textOf(AutoPublishAliasAllProperties)?.toLowerCase() === "true") return withoutUndefined({ ...declared, Role });
  const { MemorySize, SnapStart } = declared;
  const isSnapped = !["None", undefined].includes(textOf(mapIn(declared, "SnapStart").ApplyOn));
  const code = resolved(mapIn(declared, "Code")) as ValueMap;
  const environment = mapIn(declared, "Environment");
  return withoutUndefined({ ...code, ...environment, MemorySize, SnapStart: isSnapped ? SnapStart : undefined });
}

/** The first digits of a digest of a value whose members are sorted. */
export function hashOf(value: Value): string {
  const text = JSON.stringify(jsonOf(value), (_key, part: unknown) =>
    typeof part === "object" && part !== null && !isList(part as Value)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
  return createHash("sha1").update(text).digest("hex").slice(0, HASH_LENGTH);
}
