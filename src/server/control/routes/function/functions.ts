import { CONTROL_PREFIX } from "../../../../kernel/own-traffic.ts";
import { account } from "../../inputs.ts";
import { count, instant, list, lookingRoute, next, type ReaderOf, seconds, shape, text } from "../listing.ts";
import { functionName, mappingShape } from "./event-source-mappings.ts";

const code = shape(
  {
    kind: {
      enum: ["archive", "directory", "image", "command", "attach", "inline", "url"],
      description: "A zip file, a folder that is run where it lies, an image, or what else runs it.",
    },
    sha256: text,
    bytes: count,
  },
  { location: { ...text, description: "Where the folder, the image or the server is." } },
);

const version = shape({ version: text, description: text, modifiedAt: instant, codeSha256: text });

const alias = shape(
  { name: text, version: text, description: text },
  { otherVersion: { ...text, description: "The one that gets a share." }, otherShare: { type: "number" } },
);

const asynchronous = shape(
  { qualifier: text },
  { maximumRetryAttempts: count, maximumEventAgeSeconds: seconds, onSuccessArn: text, onFailureArn: text },
);

const lambdaFunction = shape(
  {
    name: text,
    arn: text,
    account,
    region: text,
    description: text,
    role: text,
    packageType: { enum: ["Zip", "Image"] },
    architecture: text,
    timeoutSeconds: seconds,
    memoryMegabytes: count,
    modifiedAt: instant,
    code,
    environmentNames: list(text, "Of environment variables; their values are never shown."),
    versionCount: { ...count, description: "Beside $LATEST." },
    versions: list(version, "The newest first, 100 at most."),
    aliases: list(alias, "By name, 100 at most."),
    asynchronous: list(asynchronous, "How events are tried again and end, by qualifier, 100 at most."),
    eventSources: list(mappingShape, "What it is invoked for by mappings, 100 at most."),
  },
  {
    runtime: text,
    handler: text,
    reservedConcurrency: count,
    deadLetterArn: { ...text, description: "Where events go that were given up." },
  },
);

const functions = shape({ functions: list(lambdaFunction) }, { next });

export const functionsRoute = lookingRoute("functions", {
  path: `${CONTROL_PREFIX}functions`,
  summary: "shows Lambda functions, their settings, versions and event sources",
  inputs: { function: functionName },
  answer: functions,
});

/** Reads functions, by account and region, then by name; or that one. */
export type ReadFunctions = ReaderOf<typeof functionsRoute>;
