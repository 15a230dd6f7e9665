import { ChangeSetNotFound, StackError } from "../../../engine/stack/stack-errors.ts";
import { list, string, structure } from "../../../model/shape.ts";
import { cloudFormationOperation } from "../operation.ts";
import { changeSetNameOrId, templateStage } from "../shapes/input-shapes.ts";
import { changeSetNamed, stackNamed } from "../stack/find.ts";

/** Gives back the template of a stack or change set. API_GetTemplate. */
export const getTemplate = cloudFormationOperation({
  name: "GetTemplate",
  input: structure({ StackName: string(), ChangeSetName: changeSetNameOrId, TemplateStage: templateStage }),
  output: structure({ TemplateBody: string(), StagesAvailable: list(string()) }),
  errors: [ChangeSetNotFound],
  handle({ stacks }, { StackName, ChangeSetName, TemplateStage = "Original" }) {
    if (StackName === undefined && ChangeSetName === undefined) {
      throw new StackError("StackName is required if ChangeSetName is not specified.");
    }
    if (StackName === undefined && !ChangeSetName?.startsWith("arn:")) {
      throw new StackError("StackName is a required parameter.");
    }
    const template =
      ChangeSetName === undefined
        ? stackNamed(stacks, StackName ?? "").content.template
        : changeSetNamed(stacks, { ChangeSetName, StackName }).template;
    const processed = template?.processed ?? template?.text;
    return {
      TemplateBody: TemplateStage === "Processed" ? processed : template?.text,
      StagesAvailable: ["Original", "Processed"],
    };
  },
});
