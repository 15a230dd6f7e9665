import { LATEST } from "../../../engine/function/function.ts";
import { functionArn } from "../../../engine/function/function-book.ts";
import { InvalidParameterValue } from "../../../engine/function/function-errors.ts";
import { boolean, required, string, structure } from "../../../model/shape.ts";
import { pattern } from "../../constraint-wording.ts";
import { policyErrors, revisionErrors } from "../errors.ts";
import { functionAt } from "../function/function-name.ts";
import { lambdaOperation } from "../operation.ts";
import { statementOf } from "../policy/statement.ts";
import { qualifiedRead, revisionId, sourceArn } from "../shapes.ts";

/** Lets a service or an account invoke a function, a version or an alias. API_AddPermission. */
export const addPermission = lambdaOperation({
  name: "AddPermission",
  http: { method: "POST", path: "/2015-03-31/functions/{FunctionName}/policy", status: 201 },
  input: structure({
    ...qualifiedRead,
    StatementId: required(string({ min: 1, max: 100, pattern: pattern("([a-zA-Z0-9-_]+)") })),
    Action: required(string({ pattern: pattern("(lambda:[*]|lambda:[a-zA-Z]+|[*])") })),
    Principal: required(string({ pattern: pattern("[^\\s]+") })),
    SourceArn: sourceArn,
    SourceAccount: string({ min: 0, max: 12, pattern: pattern("\\d{12}") }),
    EventSourceToken: string({ min: 0, max: 256, pattern: pattern("[a-zA-Z0-9._\\-]+") }),
    RevisionId: revisionId,
    PrincipalOrgID: string({ min: 12, max: 34, pattern: pattern("o-[a-z0-9]{10,32}") }),
    FunctionUrlAuthType: string({ values: ["NONE", "AWS_IAM"] }),
    InvokedViaFunctionUrl: boolean(),
  }),
  output: structure({ Statement: string() }),
  errors: [...revisionErrors, ...policyErrors],
  gaps: ["Topics need permission to invoke a function; anybody else may without."],
  handle(context, input) {
    const { functions, scope, name, qualifier } = functionAt(context, input);
    if (qualifier === LATEST) {
      throw new InvalidParameterValue("We currently do not support adding policies for $LATEST.");
    }
    functions.resolve(name, qualifier);
    const statement = statementOf(input, functionArn(scope, name, qualifier), scope.partition);
    functions.policies.add(name, qualifier, statement, input.RevisionId);
    return { Statement: JSON.stringify(statement) };
  },
});
