import { AwsError } from "../../../kernel/aws-error.ts";
import type { Tags } from "../../template/plan/applied.ts";
import type { JsonMap } from "../../template/value.ts";
import { textOfDocument } from "../document.ts";
import { physicalName } from "../physical-name.ts";
import { createOnly, list, map, text } from "../property.ts";
import { alreadyExists, type Made, type ResourceContext, type ResourceType, type Wanted } from "../resource-type.ts";

const MAX_NAME = 63;

/** AWS::S3::Bucket. Ref returns its name. What is declared of it beside names, tags, versions and access is taken and makes no difference. */
export const bucket: ResourceType = {
  properties: {
    BucketName: createOnly(text),
    PublicAccessBlockConfiguration: map,
    Tags: list,
    VersioningConfiguration: map,
  },
  takesAny: true,
  attributes: ["Arn", "DomainName", "DualStackDomainName", "RegionalDomainName", "WebsiteURL"],
  nameProperty: "BucketName",
  identifier: "BucketName",
  isTagged: true,
  async create(context, wanted) {
    const name =
      textOfDocument(wanted.properties.BucketName) ?? physicalName(context, { maxLength: MAX_NAME, isLowerCase: true });
    await createBucket(context, name);
    try {
      await configure(context, name, { before: NOTHING, after: wanted });
    } catch (cause) {
      await context.operate("s3 DeleteBucket", { Bucket: name });
      throw cause;
    }
    return madeOf(context, name);
  },
  async update(context, { physicalId, attributes, before, after }) {
    await configure(context, physicalId, { before, after });
    return { physicalId, attributes };
  },
  async delete(context, { physicalId: Bucket }) {
    await context.operate("s3 DeleteBucket", { Bucket });
  },
};

const NOTHING: Wanted = { properties: {}, tags: {} };

async function createBucket(context: ResourceContext, Bucket: string): Promise<void> {
  try {
    await context.operate("s3 CreateBucket", { Bucket });
  } catch (cause) {
    if (cause instanceof AwsError && /^BucketAlready/.test(cause.shape)) throw alreadyExists(context, Bucket);
    throw cause;
  }
}

function madeOf({ scope: { partition, region } }: ResourceContext, name: string): Made {
  return {
    physicalId: name,
    attributes: {
      Arn: `arn:${partition}:s3:::${name}`,
      DomainName: `${name}.s3.amazonaws.com`,
      DualStackDomainName: `${name}.s3.dualstack.${region}.amazonaws.com`,
      RegionalDomainName: `${name}.s3.${region}.amazonaws.com`,
      WebsiteURL: `http://${name}.s3-website-${region}.amazonaws.com`,
    },
  };
}

interface Both {
  readonly before: Wanted;
  readonly after: Wanted;
}

/** Writes what has changed of a bucket. */
async function configure({ operate }: ResourceContext, Bucket: string, { before, after }: Both): Promise<void> {
  const tags = tagging(after.tags);
  if (tags !== tagging(before.tags)) {
    if (tags === undefined) await operate("s3 DeleteBucketTagging", { Bucket });
    else await operate("s3 PutBucketTagging", { Bucket, Tagging: base64(tags) });
  }
  const versions = versioning(after.properties);
  if (versions !== versioning(before.properties)) {
    // AWS: versions that were wanted once are suspended, never off again.
    const VersioningConfiguration = base64(versions ?? versionsDocument("Suspended"));
    await operate("s3 PutBucketVersioning", { Bucket, VersioningConfiguration });
  }
  const access = publicAccess(after.properties);
  if (access !== publicAccess(before.properties)) {
    if (access === undefined) await operate("s3 DeletePublicAccessBlock", { Bucket });
    else await operate("s3 PutPublicAccessBlock", { Bucket, PublicAccessBlockConfiguration: base64(access) });
  }
}

/** The documents of S3; undefined where there is nothing to say. */

function tagging(tags: Tags): string | undefined {
  const all = Object.entries(tags).map(([key, value]) => {
    const members = `<Key>${escaped(key)}</Key><Value>${escaped(value)}</Value>`;
    return `<Tag>${members}</Tag>`;
  });
  return all.length === 0 ? undefined : documentOf("Tagging", `<TagSet>${all.join("")}</TagSet>`);
}

function versioning({ VersioningConfiguration: given }: JsonMap): string | undefined {
  const status = (given as JsonMap | undefined)?.Status;
  return status === undefined ? undefined : versionsDocument(String(status));
}

function versionsDocument(status: string): string {
  return documentOf("VersioningConfiguration", `<Status>${escaped(status)}</Status>`);
}

const FLAGS = ["BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets"];

function publicAccess({ PublicAccessBlockConfiguration: given }: JsonMap): string | undefined {
  if (given === undefined) return undefined;
  const flags = FLAGS.map((name) => `<${name}>${String((given as JsonMap)[name]) === "true"}</${name}>`);
  return documentOf("PublicAccessBlockConfiguration", flags.join(""));
}

function documentOf(root: string, content: string): string {
  return `<${root} xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${content}</${root}>`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** Bytes as operations take them in plain JSON. */
function base64(text: string): string {
  return Buffer.from(text).toString("base64");
}
