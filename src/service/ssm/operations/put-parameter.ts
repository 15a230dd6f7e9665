import { boolean, long, required, string, structure } from "../../../model/shape.ts";
import { pattern } from "../../constraint-wording.ts";
import {
  InternalServerError,
  InvalidAllowedPatternException,
  InvalidKeyId,
  ParameterAlreadyExists,
  ParameterLimitExceeded,
  ParameterPatternMismatchException,
  ValidationException,
} from "../errors.ts";
import { parameterName, ssmOperation } from "../operation.ts";
import { checkAgainst, checkDataType, checkGivenName, checkValue, tierOf } from "../parameter-rules.ts";
import { tagList, tagsIn } from "../tags.ts";

/** Keeps a value under a name. API_PutParameter. */
export const putParameter = ssmOperation({
  name: "PutParameter",
  input: structure({
    Name: required(parameterName),
    Description: string({ max: 1024 }),
    Value: required(string()),
    Type: string({ values: ["String", "StringList", "SecureString"] }),
    KeyId: string({ min: 1, max: 256, pattern: pattern("^([a-zA-Z0-9:/_-]+)$") }),
    Overwrite: boolean(),
    AllowedPattern: string({ max: 1024 }),
    Tags: tagList,
    Tier: string({ values: ["Standard", "Advanced", "Intelligent-Tiering"] }),
    Policies: string({ min: 1, max: 4096 }),
    DataType: string({ max: 128 }),
  }),
  output: structure({ Version: long(), Tier: string() }),
  errors: [
    InternalServerError,
    InvalidAllowedPatternException,
    InvalidKeyId,
    ParameterAlreadyExists,
    ParameterLimitExceeded,
    ParameterPatternMismatchException,
  ],
  gaps: [
    "Policies and KeyId are taken and make no difference.",
    "AllowedPattern is taken to be one of the whole value, and to stay until another is given; values are not held against one that looks ahead or behind.",
  ],
  handle({ call, store, clockOf }, { Name: name, Value: value, Type: type, DataType: dataType, ...given }) {
    const { Overwrite: overwrites = false, Description: description, AllowedPattern, Tags } = given;
    if (value === "") throw new ValidationException(VALUE_EMPTY);
    checkGivenName(name);
    // AWS: https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html, Tags
    if (overwrites && Tags !== undefined && Tags.length > 0) throw new ValidationException(TAGS_AND_OVERWRITE);
    const before = store.find(call.scope, name);
    if (type === undefined && before === undefined) throw new ValidationException(TYPE_MISSING);
    const { Tier = tierOf(before?.value ?? "", "Intelligent-Tiering") } = given;
    checkValue(value, Tier);
    checkDataType(dataType);
    const allowedPattern = AllowedPattern ?? before?.allowedPattern;
    checkAgainst(allowedPattern ?? "", value);
    const tags = Tags === undefined ? undefined : tagsIn(Tags);
    const changedAt = clockOf(call.scope.account).now();
    const put = { name, value, type, dataType, changedAt, overwrites, description, allowedPattern, tags };
    return { Version: store.put(call.scope, put).version, Tier: tierOf(value, Tier) };
  },
});

/** AWS: no value is shown where it is a parameter's. */
const VALUE_EMPTY =
  "1 validation error detected: Value at 'value' failed to satisfy constraint: Member must have length greater than or equal to 1";

const TYPE_MISSING = "A parameter type is required when you create a parameter.";

const TAGS_AND_OVERWRITE =
  "Invalid request: tags and overwrite can't be used together. To create a parameter with tags, please remove overwrite flag. To update tags for an existing parameter, please use AddTagsToResource or RemoveTagsFromResource.";
