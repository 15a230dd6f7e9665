import { boolean, list, long, required, string, structure } from "../../../model/shape.ts";
import { pattern } from "../../constraint-wording.ts";
import { InternalServerError, InvalidKeyId, ParameterAlreadyExists, ParameterLimitExceeded } from "../errors.ts";
import { parameterName, ssmOperation } from "../operation.ts";

/** Keeps a value under a name. API_PutParameter. */
export const putParameter = ssmOperation({
  name: "PutParameter",
  input: structure({
    Name: required(parameterName),
    Description: string({ max: 1024 }),
    Value: required(string({ max: 8192 })),
    Type: string({ values: ["String", "StringList", "SecureString"] }),
    KeyId: string({ min: 1, max: 256, pattern: pattern("^([a-zA-Z0-9:/_-]+)$") }),
    Overwrite: boolean(),
    AllowedPattern: string({ max: 1024 }),
    Tags: list(structure({ Key: required(string({ min: 1, max: 128 })), Value: required(string({ max: 256 })) }), {
      max: 1000,
    }),
    Tier: string({ values: ["Standard", "Advanced", "Intelligent-Tiering"] }),
    Policies: string({ min: 1, max: 4096 }),
    DataType: string({ max: 128 }),
  }),
  output: structure({ Version: long(), Tier: string() }),
  errors: [InternalServerError, InvalidKeyId, ParameterAlreadyExists, ParameterLimitExceeded],
  gaps: ["Description, AllowedPattern, Tags, Tier, Policies and KeyId are taken and make no difference."],
  handle({ call, store, clockOf }, { Name: name, Value: value, Type: type, DataType: dataType, Overwrite = false }) {
    const changedAt = clockOf(call.scope.account).now();
    const { version } = store.put(call.scope, { name, value, type, dataType, changedAt, overwrites: Overwrite });
    return { Version: version, Tier: "Standard" };
  },
});
