import { isList, isMap, textOf, type Value, type ValueMap } from "../../value.ts";
import { templatePolicy } from "./policy-templates.ts";
import { invalidResource, withoutUndefined } from "./sam-resource.ts";

const POLICIES = "arn:aws:iam::aws:policy/";
/** AWS's own policies that are not where the others are. */
const SERVICE_ROLES: readonly string[] = [
  "AWSLambdaBasicExecutionRole",
  "AWSLambdaDynamoDBExecutionRole",
  "AWSLambdaKinesisExecutionRole",
  "AWSLambdaMSKExecutionRole",
  "AWSLambdaSQSQueueExecutionRole",
  "AWSLambdaVPCAccessExecutionRole",
];

/** The role of a function in the making. */
export class FunctionRole {
  readonly #logicalId: string;
  readonly #managed: Value[] = [];
  readonly #inline: Value[] = [];

  constructor(logicalId: string) {
    this.#logicalId = logicalId;
  }

  /** Adds one of AWS's policies, once. */
  addManaged(name: string): void {
    const arn = managedArn(name);
    if (!this.#managed.includes(arn)) this.#managed.push(arn);
  }

  /** Allows one thing to be done. */
  allow(PolicyName: string, Action: string, Resource: Value, version?: string): void {
    const Statement = [{ Action, Effect: "Allow", Resource }];
    this.#inline.push({ PolicyName, PolicyDocument: withoutUndefined({ Version: version, Statement }) });
  }

  /** Adds what the property Policies of the function says: names, ARNs, documents, or templates of SAM with their values. */
  addPolicies(functionId: string, policies: Value | undefined): void {
    const list = policies === undefined ? [] : isList(policies) ? policies : [policies];
    for (const [index, policy] of list.entries())
      this.#addPolicy(`${this.#logicalId}Policy${index}`, policy, functionId);
  }

  #addPolicy(PolicyName: string, policy: Value, functionId: string): void {
    const name = textOf(policy);
    if (name !== undefined) return this.addManaged(name);
    if (!isMap(policy)) throw invalidResource(functionId, "Policy at index is not valid.");
    const [key = "", ...others] = Object.keys(policy);
    if (policy.Statement !== undefined) {
      this.#inline.push({ PolicyName, PolicyDocument: policy });
    } else if (others.length === 0 && (key === "Ref" || key.startsWith("Fn::"))) {
      this.#managed.push(policy);
    } else {
      const parameters = policy[key];
      const PolicyDocument = templatePolicy(key, isMap(parameters) ? parameters : {});
      if (PolicyDocument === undefined) {
        throw invalidResource(functionId, `Specified policy '${key}' is not valid or not one that Waystation knows.`);
      }
      this.#inline.push({ PolicyName, PolicyDocument });
    }
  }

  /** The role as the template declares it. */
  declared(service: string, properties: Readonly<Record<string, Value | undefined>>): ValueMap {
    return {
      Type: "AWS::IAM::Role",
      Properties: withoutUndefined({
        AssumeRolePolicyDocument: {
          Version: "2012-10-17",
          Statement: [{ Action: ["sts:AssumeRole"], Effect: "Allow", Principal: { Service: [service] } }],
        },
        ManagedPolicyArns: this.#managed.length === 0 ? undefined : this.#managed,
        Policies: this.#inline.length === 0 ? undefined : this.#inline,
        ...properties,
      }),
    };
  }
}

function managedArn(name: string): string {
  if (name.startsWith("arn:")) return name;
  return `${POLICIES}${SERVICE_ROLES.includes(name) ? "service-role/" : ""}${name}`;
}
