import type { ServiceModel } from "../../model/contract.ts";
import { couldNotFindOperation, malformedForm } from "../service.ts";

/** What the wire formats and the router know of AWS STS. */
export const stsModel: ServiceModel = {
  id: "sts",
  title: "AWS STS",
  apiVersion: "2011-06-15",
  protocols: ["awsQuery"],
  xmlNamespace: "https://sts.amazonaws.com/doc/2011-06-15/",
  isXmlIndented: true,
  unknownAction: couldNotFindOperation,
  malformedForm,
  gaps: [
    "The other operations of the API are not there; they are answered as actions that STS does not have.",
    "Signatures are not verified; requests without one are accepted.",
    "Every access key is that of one user whom its account has, as in the errors and message attributes of the other services.",
  ],
};

/** Those operations of the API model that are served. */
export const stsOperations = [{ name: "AssumeRole" }, { name: "GetCallerIdentity" }] as const;
