import { StackError } from "../../../engine/stack/stack-errors.ts";
import { list, string, structure } from "../../../model/shape.ts";
import { StackSetNotFound } from "../errors.ts";
import { cloudFormationOperation } from "../operation.ts";
import {
  callAs,
  stackNameOrId,
  stackSetNameOrId,
  templateBody,
  templateSummaryConfig,
  templateUrl,
} from "../shapes/input-shapes.ts";
import { parameterDeclaration, resourceIdentifierSummary, warnings } from "../shapes/template-shapes.ts";
import { stackNamed } from "../stack/find.ts";
import { factsView } from "../template/facts-view.ts";
import { templateText } from "../template/source.ts";

/** Tells what is in a template. API_GetTemplateSummary. */
export const getTemplateSummary = cloudFormationOperation({
  name: "GetTemplateSummary",
  input: structure({
    TemplateBody: templateBody,
    TemplateURL: templateUrl,
    StackName: stackNameOrId,
    StackSetName: stackSetNameOrId,
    CallAs: callAs,
    TemplateSummaryConfig: templateSummaryConfig,
  }),
  output: structure({
    Parameters: list(parameterDeclaration),
    Description: string(),
    Capabilities: list(string()),
    CapabilitiesReason: string(),
    ResourceTypes: list(string()),
    Version: string(),
    Metadata: string(),
    DeclaredTransforms: list(string()),
    ResourceIdentifierSummaries: list(resourceIdentifierSummary),
    Warnings: warnings,
  }),
  errors: [StackSetNotFound],
  gaps: ["There are no stack sets."],
  async handle(context, { StackName, StackSetName, TemplateSummaryConfig: config, ...source }) {
    if (StackSetName !== undefined) throw new StackSetNotFound(StackSetName);
    const reading = { isTolerant: config?.TreatUnrecognizedResourceTypesAsWarnings };
    if (StackName === undefined) return factsView(context, await templateText(context, source), reading);
    const stack = stackNamed(context.stacks, StackName);
    if (stack.status === "REVIEW_IN_PROGRESS") {
      throw new StackError("GetTemplateSummary cannot be called on REVIEW_IN_PROGRESS stacks.");
    }
    return factsView(context, stack.content.template?.text ?? "", reading);
  },
});
