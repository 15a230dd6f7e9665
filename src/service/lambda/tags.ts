import type { Tags } from "../../engine/function/function.ts";
import { InvalidParameterValue, ResourceNotFound } from "../../engine/function/function-errors.ts";
import { scopeOfArn } from "../../kernel/arn.ts";
import { characterCount } from "../../kernel/character-count.ts";
import { joined, MAX_KEY_LENGTH, MAX_VALUE_LENGTH } from "../tags.ts";
import { functionAt } from "./function/function-name.ts";
import type { LambdaContext } from "./operation.ts";

const FUNCTION = ":function:";
const MAPPING = ":event-source-mapping:";

/** The tags as data of our own. Throws InvalidParameterValue when they are too many. */
export function checkedTags(given: Tags, current: Tags = {}): Tags {
  const tags = joined(current, given);
  if (tags === undefined) throw new InvalidParameterValue("Number of tags exceeds resource tag limit.");
  for (const [key, value] of Object.entries(given)) {
    if (characterCount(key) > MAX_KEY_LENGTH || characterCount(value) > MAX_VALUE_LENGTH) throw tooLong(key);
  }
  return tags;
}

/** GAP: AWS's words for it are not known. */
function tooLong(key: string) {
  return new InvalidParameterValue(
    `A tag has ${MAX_KEY_LENGTH} characters of key and ${MAX_VALUE_LENGTH} of value at most: ${key.slice(0, MAX_KEY_LENGTH)}`,
  );
}

/** What has tags. */
interface Tagged {
  readonly tags: Tags;
  /** Replaces all of them. */
  retag(tags: Tags): void;
}

/** The function or the mapping whose tags a request is about. Throws ResourceNotFound, and InvalidParameterValue for a version or an alias. */
export function taggedAt(context: LambdaContext, arn: string): Tagged {
  if (arn.includes(MAPPING)) return taggedMapping(context, arn);
  if (!arn.includes(FUNCTION)) throw new ResourceNotFound(`Resource not found: ${arn}`);
  const { functions, name, qualifier } = functionAt(context, { FunctionName: arn });
  if (qualifier !== undefined) {
    throw new InvalidParameterValue(
      "Tags on function aliases and versions are not supported. Please specify a function ARN.",
    );
  }
  const { tags } = functions.get(name);
  return { tags, retag: (after) => functions.tag(name, after) };
}

function taggedMapping({ mappings: directory }: LambdaContext, arn: string): Tagged {
  const mappings = directory.in(scopeOfArn(arn));
  const uuid = arn.slice(arn.lastIndexOf(":") + 1);
  const mapping = mappings.find(uuid);
  if (mapping === undefined) throw new ResourceNotFound(`Event source mapping not found: ${arn}`);
  return { tags: mapping.tags, retag: (after) => mappings.tag(uuid, after) };
}
