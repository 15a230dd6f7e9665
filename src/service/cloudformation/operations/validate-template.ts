import { list, string, structure } from "../../../model/shape.ts";
import { cloudFormationOperation } from "../operation.ts";
import { templateBody, templateUrl } from "../shapes/input-shapes.ts";
import { templateParameter } from "../shapes/template-shapes.ts";
import { factsView } from "../template/facts-view.ts";
import { templateText } from "../template/source.ts";

/** Checks a template and tells what it wants. API_ValidateTemplate. */
export const validateTemplate = cloudFormationOperation({
  name: "ValidateTemplate",
  input: structure({ TemplateBody: templateBody, TemplateURL: templateUrl }),
  output: structure({
    Parameters: list(templateParameter),
    Description: string(),
    Capabilities: list(string()),
    CapabilitiesReason: string(),
    DeclaredTransforms: list(string()),
  }),
  errors: [],
  async handle(context, input) {
    const facts = await factsView(context, await templateText(context, input));
    const { Parameters, Description, Capabilities, CapabilitiesReason, DeclaredTransforms } = facts;
    return {
      Parameters: Parameters.map(({ ParameterKey, DefaultValue, NoEcho, Description: text }) => ({
        ...{ ParameterKey, DefaultValue, NoEcho },
        Description: text,
      })),
      ...{ Description, Capabilities, CapabilitiesReason, DeclaredTransforms },
    };
  },
});
