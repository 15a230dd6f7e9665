import type { Stack } from "../../../engine/stack/stack.ts";
import { StackError } from "../../../engine/stack/stack-errors.ts";
import type { CloudFormationContext } from "../operation.ts";
import { objectText } from "./object-text.ts";

/** Where a request says the template is. */
export interface TemplateSource {
  readonly TemplateBody?: string | undefined;
  readonly TemplateURL?: string | undefined;
  readonly UsePreviousTemplate?: boolean | undefined;
}

/** The text of the template of a request. Throws StackError unless it says where that is, once. */
export async function templateText(
  context: CloudFormationContext,
  { TemplateBody, TemplateURL, UsePreviousTemplate = false }: TemplateSource,
  stack?: Stack,
): Promise<string> {
  const isPrevious = UsePreviousTemplate && stack !== undefined;
  const count = [TemplateBody, TemplateURL, isPrevious || undefined].filter((one) => one !== undefined).length;
  if (count !== 1) throw new StackError(stack === undefined ? EITHER : ONE_OF_THREE);
  if (TemplateBody !== undefined) return TemplateBody;
  if (TemplateURL !== undefined) return objectText(context, TemplateURL);
  return stack?.content.template?.text ?? "";
}

const EITHER = "Either Template URL or Template Body must be specified.";
const ONE_OF_THREE = "Either Template URL or Template Body must be specified, or the previous template used.";
