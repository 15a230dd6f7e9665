import { aService } from "../support/sns.ts";
import { apiModel } from "./api-model.ts";
import { testModel } from "./model-contract.ts";

testModel({
  service: aService().service,
  model: apiModel("sns"),
  operationCount: 42,
  hasQueryNames: true,
  known: {
    // It has an error of its own for what is out of bounds, which no shape can say.
    ListOriginationNumbers: ["MaxResults: min 1, ours undefined", "MaxResults: max 30, ours undefined"],
    // In XML a text is a Message anyhow. The status is a gap of VerifySMSSandboxPhoneNumber.
    ValidationException: ["Message: not ours"],
    VerificationException: ["Message: not ours", "Status: not ours"],
  },
});
