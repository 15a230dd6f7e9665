import * as sdk from "@aws-sdk/client-sqs";
import { aService } from "../support/sqs.ts";
import { testContract } from "./sdk-contract.ts";

const { service } = aService();

testContract({ sdk, service, operationCount: 23, baseError: "SQSServiceException" });
