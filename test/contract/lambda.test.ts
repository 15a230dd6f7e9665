import { aLambda } from "../support/lambda.ts";
import { type ApiModel, apiModel } from "./api-model.ts";
import { testModel } from "./model-contract.ts";

const REGION = "[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+";
/** Answers show the region in these patterns with a part that the model lacks. */
const RECORDED = [
  ...["FunctionName", "NamespacedFunctionName", "UnqualifiedFunctionName"],
  ...["TaggableResource", "DestinationArn"],
];

function asRecorded({ shapes, ...model }: ApiModel): ApiModel {
  const amended = RECORDED.map((name) => {
    const { pattern = "", ...shape } = shapes[name]!;
    return [name, { ...shape, pattern: pattern.replace(REGION, `(eusc-)?${REGION}`) }] as const;
  });
  return { ...model, shapes: { ...shapes, ...Object.fromEntries(amended) } };
}

testModel({
  service: aLambda().service,
  model: asRecorded(apiModel("lambda")),
  operationCount: 42,
  readsNamesItself: true,
  known: {
    EC2UnexpectedException: ["EC2ErrorCode: not ours"],
    TooManyRequestsException: ["retryAfterSeconds: not ours", "Reason: not ours"],
  },
});
