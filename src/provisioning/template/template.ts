import { type Declarations, declarationsOf } from "./declarations.ts";
import { checkReferences } from "./references.ts";
import { formatError, TemplateError } from "./template-error.ts";
import type { Pause } from "./text/limits.ts";
import { readTemplateText, type TemplateText } from "./text/read-text.ts";
import { isList, isMap, type JsonMap, jsonOf, textOf, type Value, type ValueMap } from "./value.ts";

/** A template as it was submitted; its transforms are still to be done. */
export interface Template {
  /** As it was submitted, byte for byte. */
  readonly text: string;
  readonly format: TemplateText["format"];
  /** Its sections, short forms expanded. */
  readonly body: ValueMap;
  /** The transforms it names, in their order; those of `Fn::Transform` are not among them. */
  readonly transforms: readonly string[];
}

/** A template without transforms. */
export interface ProcessedTemplate extends Template {
  readonly declarations: Declarations;
  /** Has others have their turn while much is made of it. */
  readonly pause: Pause;
}

const SECTIONS = [
  ...["AWSTemplateFormatVersion", "Description", "Metadata", "Parameters", "Rules", "Mappings", "Conditions"],
  ...["Transform", "Resources", "Outputs", "Hooks"],
];

/** The one section that only SAM knows. */
const GLOBALS = "Globals";
export const LANGUAGE_EXTENSIONS = "AWS::LanguageExtensions";
const VERSION = "2010-09-09";
/** AWS: quotas, CloudFormation user guide. */
const MOST_DESCRIPTION_BYTES = 1024;

/** Reads a template. What it declares is looked at when its transforms are done. Throws TemplateError. */
export async function readTemplate(text: string, pause: Pause): Promise<Template> {
  const { format, value } = await readTemplateText(text, pause);
  if (!isMap(value)) throw formatError("unsupported structure.");
  const transforms = transformsOf(value.Transform);
  const foreign = Object.keys(value).filter((name) => !SECTIONS.includes(name) && !isTransforms(name, transforms));
  if (foreign.length > 0) throw new TemplateError(`Invalid template property or properties [${foreign.join(", ")}]`);
  const version = value.AWSTemplateFormatVersion;
  if (version !== undefined && textOf(version) !== VERSION) {
    throw formatError("unsupported value for AWSTemplateFormatVersion.");
  }
  const { Description } = value;
  if (Description !== undefined && typeof Description !== "string") {
    throw formatError("every Description member must be a string.");
  }
  if (Description !== undefined && Buffer.byteLength(Description) > MOST_DESCRIPTION_BYTES) {
    throw formatError(`'Description' length is greater than ${MOST_DESCRIPTION_BYTES}.`);
  }
  return { text, format, body: value, transforms };
}

function isTransforms(name: string, transforms: readonly string[]): boolean {
  return name.startsWith("Fn::") || (name === GLOBALS && transforms.length > 0);
}

/** A transform is named, or given with its parameters. */
function transformsOf(value: Value | undefined): readonly string[] {
  if (value === undefined || value === null) return [];
  return (isList(value) ? value : [value]).map((one) => {
    const name = textOf(isMap(one) ? one.Name : one);
    if (name === undefined) throw formatError("The value of Transform must be a string or a list of strings.");
    return name;
  });
}

/** The template when all its transforms are done, and `body` is what they have made of it. Throws TemplateError. */
export async function processed(template: Template, body: ValueMap, pause: Pause): Promise<ProcessedTemplate> {
  const { Transform: _done, ...rest } = body;
  await pause();
  const declarations = declarationsOf(rest);
  await checkReferences(declarations, { isExtended: template.transforms.includes(LANGUAGE_EXTENSIONS), pause });
  return { ...template, body: rest, declarations, pause };
}

/** The template as `GetTemplate` shows it when its transforms are done. */
export function processedBody({ body }: ProcessedTemplate): JsonMap {
  return jsonOf(body) as JsonMap;
}
