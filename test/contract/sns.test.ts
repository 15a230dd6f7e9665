import * as sdk from "@aws-sdk/client-sns";
import { aService } from "../support/sns.ts";
import { testContract } from "./sdk-contract.ts";

const { service } = aService();

testContract({ sdk, service, operationCount: 42, baseError: "SNSServiceException" });
