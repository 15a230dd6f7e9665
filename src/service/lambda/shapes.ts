import { header, label, query } from "../../model/location.ts";
import { integer, map, string } from "../../model/shape.ts";
import { pattern } from "../constraint-wording.ts";

/** AWS: what answers show of regions has a part more than the model. */
const REGION = "(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}";

/** The name of a function that is only read, or belongs to what is called. */
export const readName = string({
  min: 1,
  max: 256,
  pattern: pattern(
    `(arn:(aws[a-zA-Z-]*)?:lambda:)?(${REGION}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_\\.]+)(:(\\$LATEST(\\.PUBLISHED)?|[a-zA-Z0-9-_]+))?`,
  ),
});

/** The name of a function that is made or changed. */
export const writeName = string({
  min: 1,
  max: 140,
  pattern: pattern(
    `(arn:(aws[a-zA-Z-]*)?:lambda:)?(${REGION}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?`,
  ),
});

/** The same without a qualifier. */
export const bareName = string({
  min: 1,
  max: 140,
  pattern: pattern(`(arn:(aws[a-zA-Z-]*)?:lambda:)?(${REGION}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_]+)`),
});

/** The version that ran. */
export const executedVersion = header(
  "X-Amz-Executed-Version",
  string({ min: 1, max: 1024, pattern: pattern("(\\$LATEST|[0-9]+)") }),
);

const qualifier = string({
  min: 1,
  max: 128,
  pattern: pattern("\\$(LATEST(\\.PUBLISHED)?)|[a-zA-Z0-9-_$]+"),
});

/** AWS: the qualifier is complained about before the name. */
export const qualifiedRead = { Qualifier: query("Qualifier", qualifier), FunctionName: label(readName) };

export const marker = query("Marker", string());
export const maxItems = query("MaxItems", integer({ min: 1, max: 10_000 }));

export const revisionId = string();
export const description = string({ min: 0, max: 256 });
export const publishTo = string({ values: ["LATEST_PUBLISHED"] });
export const publishToGap = "PublishTo is accepted and makes no difference.";

export const tagMap = map(string());

/** An ARN of a function, or of what else can have tags. */
export const taggable = string({
  min: 1,
  max: 256,
  pattern: pattern(
    `arn:(aws[a-zA-Z-]*):lambda:${REGION}:\\d{12}:(function:[a-zA-Z0-9-_]+(:(\\$LATEST|[a-zA-Z0-9-_]+))?|code-signing-config:csc-[a-z0-9]{17}|event-source-mapping:[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}|capacity-provider:[a-zA-Z0-9-_]+)`,
  ),
});

export const concurrency = integer({ min: 0 });
export const recursion = string({ values: ["Allow", "Terminate"] });

export const codeMembers = {
  S3Bucket: string({ min: 3, max: 63, pattern: pattern("[0-9A-Za-z\\.\\-_]*(?<!\\.)") }),
  S3Key: string({ min: 1, max: 1024 }),
  S3ObjectVersion: string({ min: 1, max: 1024 }),
  ImageUri: string(),
};

export const arnOrNothing = string({ pattern: pattern("(arn:(aws[a-zA-Z-]*)?:[a-z0-9-.]+:.*)|()") });

export const sourceArn = string({
  pattern: pattern("arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\\-])+:([a-z]{2}(-gov)?-[a-z]+-\\d{1})?:(\\d{12})?:(.*)"),
});

export const destination = string({
  min: 0,
  max: 350,
  pattern: pattern(
    `$|kafka://([^.]([a-zA-Z0-9\\-_.]{0,248}))|arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\\-])+:(${REGION})?:(\\d{12})?:(.*)`,
  ),
});
