import { fileURLToPath } from "node:url";
import {
  App,
  CfnOutput,
  aws_kinesis as kinesis,
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
new CfnOutput(shop, "Url", { value: jobs.queueUrl });

// A topic of another stack makes an export and an import.
const audit = new Stack(app, "Audit");
orders.addSubscription(new subscriptions.SqsSubscription(new sqs.Queue(audit, "Audit", { queueName: "audit" })));
