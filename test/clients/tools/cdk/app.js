import { fileURLToPath } from "node:url";
import {
  App,
  CfnOutput,
  CustomResource,
  CustomResourceProvider,
  CustomResourceProviderRuntime,
  Duration,
  aws_lambda_event_sources as eventSources,
  aws_kinesis as kinesis,
  aws_lambda as lambda,
  Stack,
  aws_s3_assets as s3,
  aws_sns as sns,
  aws_sqs as sqs,
  aws_sns_subscriptions as subscriptions,
} from "aws-cdk-lib";

const app = new App();
const shop = new Stack(app, "Shop");
const deadLetterQueue = { queue: new sqs.Queue(shop, "Dead", { queueName: "dead" }), maxReceiveCount: 3 };
const jobs = new sqs.Queue(shop, "Jobs", { queueName: "jobs", deadLetterQueue });
// The construct itself refuses what AWS would, so that what shall fail there is said to the resource.
jobs.node.defaultChild.delaySeconds = Number(process.env.DELAY ?? 5);
const orders = new sns.Topic(shop, "Orders", { topicName: "orders" });
orders.addSubscription(new subscriptions.SqsSubscription(jobs, { rawMessageDelivery: true }));
new kinesis.Stream(shop, "Clicks", { shardCount: 2 });
new s3.Asset(shop, "Asset", { path: fileURLToPath(import.meta.url) });

const work = new sqs.Queue(shop, "Work", { queueName: "work" });
const worker = new lambda.Function(shop, "Worker", {
  runtime: lambda.Runtime.NODEJS_22_X,
  handler: "index.handler",
  code: lambda.Code.fromAsset(fileURLToPath(new URL("worker", import.meta.url))),
  timeout: Duration.seconds(30),
});
worker.addEventSource(new eventSources.SqsEventSource(work));

// The answer of a custom resource names a queue; the construct wraps the code in an entry point of its own.
const serviceToken = CustomResourceProvider.getOrCreate(shop, "Custom::Greeting", {
  codeDirectory: fileURLToPath(new URL("maker", import.meta.url)),
  runtime: CustomResourceProviderRuntime.NODEJS_22_X,
});
const properties = { Word: process.env.WORD ?? "hello" };
const greeting = new CustomResource(shop, "Greeting", { serviceToken, resourceType: "Custom::Greeting", properties });
new sqs.Queue(shop, "Greeted", { queueName: greeting.getAttString("Name") });

new CfnOutput(shop, "Url", { value: jobs.queueUrl });

// A topic of another stack makes an export and an import.
const audit = new Stack(app, "Audit");
orders.addSubscription(new subscriptions.SqsSubscription(new sqs.Queue(audit, "Audit", { queueName: "audit" })));
