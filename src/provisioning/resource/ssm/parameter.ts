import { AwsError } from "../../../kernel/aws-error.ts";
import type { JsonMap } from "../../template/value.ts";
import { textOfDocument } from "../document.ts";
import { randomPart } from "../physical-name.ts";
import { createOnly, map, required, text } from "../property.ts";
import { alreadyExists, type Made, type ResourceContext, type ResourceType } from "../resource-type.ts";
import { removedTags, tagList } from "../tags.ts";

/** The properties that PutParameter takes under the same name. */
const GIVEN = {
  AllowedPattern: text,
  DataType: text,
  Description: text,
  Policies: text,
  Tier: text,
  Type: required(text),
  Value: required(text),
};

/** AWS::SSM::Parameter. Ref returns its name. */
export const parameter: ResourceType = {
  properties: { Name: createOnly(text), ...GIVEN, Tags: map },
  attributes: ["Arn", "Type", "Value"],
  nameProperty: "Name",
  identifier: "Name",
  isTagged: true,
  async create(context, { properties, tags }) {
    const Name = textOfDocument(properties.Name) ?? `CFN-${context.logicalId}-${randomPart(context)}`;
    try {
      await context.operate("ssm PutParameter", { Name, ...givenIn(properties), Tags: tagList(tags) });
    } catch (cause) {
      if (cause instanceof AwsError && cause.shape === "ParameterAlreadyExists") throw alreadyExists(context, Name);
      throw cause;
    }
    return madeOf(context, Name, properties);
  },
  async update(context, { physicalId: Name, before, after }) {
    await context.operate("ssm PutParameter", { Name, ...givenIn(after.properties), Overwrite: true });
    const about = { ResourceType: "Parameter", ResourceId: Name };
    const TagKeys = removedTags(before.tags, after.tags);
    if (TagKeys.length > 0) await context.operate("ssm RemoveTagsFromResource", { ...about, TagKeys });
    const Tags = tagList(after.tags);
    if (Tags.length > 0) await context.operate("ssm AddTagsToResource", { ...about, Tags });
    return madeOf(context, Name, after.properties);
  },
  async delete(context, { physicalId: Name }) {
    await context.operate("ssm DeleteParameter", { Name });
  },
};

function givenIn(properties: JsonMap): JsonMap {
  return Object.fromEntries(Object.entries(properties).filter(([name]) => Object.hasOwn(GIVEN, name)));
}

function madeOf({ scope }: ResourceContext, name: string, { Type = "", Value = "" }: JsonMap): Made {
  const { partition, region, account } = scope;
  const Arn = `arn:${partition}:ssm:${region}:${account}:parameter${name.startsWith("/") ? "" : "/"}${name}`;
  return { physicalId: name, attributes: { Arn, Type, Value } };
}
