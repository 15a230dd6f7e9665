/** The forms in which AWS's clients understand errors. */
export type ForeignFormat =
  | { readonly kind: "json"; readonly contentType: string }
  | { readonly kind: "cbor" | "query" | "ec2" | "s3" | "rest-xml" | "rest-json" };

/** A service of AWS that is not served here, as far as it takes to tell its clients so. */
export interface ForeignService {
  /** Signing name. */
  readonly id: string;
  /** What people call it. */
  readonly title: string;
  /** The environment variable that tells its clients where to go; unknown for services that are not in the catalogue. */
  readonly variable?: string;
  /** Its form where a request alone does not tell. */
  readonly kind?: ForeignFormat["kind"];
  /** What stands before the dot in `X-Amz-Target`, and in the path of CBOR requests. */
  readonly targets?: readonly string[];
  /** Version of its Query API. */
  readonly version?: string;
}

function row(id: string, title: string, serviceId: string, more: Partial<ForeignService> = {}): ForeignService {
  return { id, title, variable: variableOf(serviceId), ...more };
}

/** SDKs: the service id of the API's model in capital letters, with underscores for blanks. Reference guide, service-specific endpoints. */
function variableOf(serviceId: string): string {
  return `AWS_ENDPOINT_URL_${serviceId.toUpperCase().replaceAll(" ", "_")}`;
}

const REST_JSON = { kind: "rest-json" } as const;
const REST_XML = { kind: "rest-xml" } as const;

const query = (version: string): Partial<ForeignService> => ({ kind: "query", version });
const json = (...targets: readonly string[]): Partial<ForeignService> => ({ kind: "json", targets });

/** The services that stand beside messaging in most stacks: signing name, what people say, service id. */
export const foreignServices: readonly ForeignService[] = [
  row("s3", "Amazon S3", "S3", { kind: "s3" }),
  row("dynamodb", "Amazon DynamoDB", "DynamoDB", json("DynamoDB_20120810")),
  row("dynamodb", "Amazon DynamoDB Streams", "DynamoDB Streams", json("DynamoDBStreams_20120810")),
  row("lambda", "AWS Lambda", "Lambda", REST_JSON),
  row("events", "Amazon EventBridge", "EventBridge", json("AWSEvents")),
  row("scheduler", "Amazon EventBridge Scheduler", "Scheduler", REST_JSON),
  row("pipes", "Amazon EventBridge Pipes", "Pipes", REST_JSON),
  row("states", "AWS Step Functions", "SFN", json("AWSStepFunctions")),
  row("firehose", "Amazon Data Firehose", "Firehose", json("Firehose_20150804")),
  row("kinesisanalytics", "Amazon Kinesis Analytics", "Kinesis Analytics V2", json("KinesisAnalytics_20180523")),
  row("kinesisvideo", "Amazon Kinesis Video Streams", "Kinesis Video", REST_JSON),
  row("iam", "AWS IAM", "IAM", query("2010-05-08")),
  row("kms", "AWS KMS", "KMS", json("TrentService")),
  row("secretsmanager", "AWS Secrets Manager", "Secrets Manager", json("secretsmanager")),
  row("ssm", "AWS Systems Manager", "SSM", json("AmazonSSM")),
  row("appconfig", "AWS AppConfig", "AppConfig", REST_JSON),
  row("cloudformation", "AWS CloudFormation", "CloudFormation", query("2010-05-15")),
  row("monitoring", "Amazon CloudWatch", "CloudWatch", {
    ...query("2010-08-01"),
    targets: ["GraniteServiceVersion20100801"],
  }),
  row("logs", "Amazon CloudWatch Logs", "CloudWatch Logs", json("Logs_20140328")),
  row("xray", "AWS X-Ray", "XRay", REST_JSON),
  row("ec2", "Amazon EC2", "EC2", { kind: "ec2", version: "2016-11-15" }),
  row("autoscaling", "Amazon EC2 Auto Scaling", "Auto Scaling", query("2011-01-01")),
  row("elasticloadbalancing", "Elastic Load Balancing", "Elastic Load Balancing v2", query("2015-12-01")),
  row("elasticloadbalancing", "Elastic Load Balancing (classic)", "Elastic Load Balancing", query("2012-06-01")),
  row("ecs", "Amazon ECS", "ECS", json("AmazonEC2ContainerServiceV20141113")),
  row("ecr", "Amazon ECR", "ECR", json("AmazonEC2ContainerRegistry_V20150921")),
  row("eks", "Amazon EKS", "EKS", REST_JSON),
  row("rds", "Amazon RDS", "RDS", query("2014-10-31")),
  row("elasticache", "Amazon ElastiCache", "ElastiCache", query("2015-02-02")),
  row("redshift", "Amazon Redshift", "Redshift", query("2012-12-01")),
  row("ses", "Amazon SES", "SES", query("2010-12-01")),
  row("ses", "Amazon SES", "SESv2", REST_JSON),
  row("apigateway", "Amazon API Gateway", "API Gateway", REST_JSON),
  row("cognito-idp", "Amazon Cognito", "Cognito Identity Provider", json("AWSCognitoIdentityProviderService")),
  row("cognito-identity", "Amazon Cognito", "Cognito Identity", json("AWSCognitoIdentityService")),
  row("glue", "AWS Glue", "Glue", json("AWSGlue")),
  row("athena", "Amazon Athena", "Athena", json("AmazonAthena")),
  row("kafka", "Amazon MSK", "Kafka", REST_JSON),
  row("mq", "Amazon MQ", "mq", REST_JSON),
  row("batch", "AWS Batch", "Batch", REST_JSON),
  row("acm", "AWS Certificate Manager", "ACM", json("CertificateManager")),
  row(
    "application-autoscaling",
    "Application Auto Scaling",
    "Application Auto Scaling",
    json("AnyScaleFrontendService"),
  ),
  row("appsync", "AWS AppSync", "AppSync", REST_JSON),
  row("bedrock", "Amazon Bedrock", "Bedrock Runtime", REST_JSON),
  row("cloudtrail", "AWS CloudTrail", "CloudTrail", json("CloudTrail_20131101")),
  row("codebuild", "AWS CodeBuild", "CodeBuild", json("CodeBuild_20161006")),
  row("config", "AWS Config", "Config Service", json("StarlingDoveService")),
  row("elasticfilesystem", "Amazon EFS", "EFS", REST_JSON),
  row("es", "Amazon OpenSearch Service", "OpenSearch", REST_JSON),
  row("iotdata", "AWS IoT Core", "IoT Data Plane", REST_JSON),
  row("organizations", "AWS Organizations", "Organizations", json("AWSOrganizationsV20161128")),
  row("rds-data", "Amazon RDS Data API", "RDS Data", REST_JSON),
  row("servicediscovery", "AWS Cloud Map", "ServiceDiscovery", json("Route53AutoNaming_v20170314")),
  row(
    "tagging",
    "AWS Resource Groups Tagging",
    "Resource Groups Tagging API",
    json("ResourceGroupsTaggingAPI_20170126"),
  ),
  row("timestream", "Amazon Timestream", "Timestream Write", json("Timestream_20181101")),
  row("wafv2", "AWS WAF", "WAFV2", json("AWSWAF_20190729")),
  row("route53", "Amazon Route 53", "Route 53", REST_XML),
  row("cloudfront", "Amazon CloudFront", "CloudFront", REST_XML),
];

const idsInCatalogue: ReadonlySet<string> = new Set(foreignServices.map(({ id }) => id));
const versionsInCatalogue: ReadonlySet<string | undefined> = new Set(
  foreignServices.flatMap(({ version }) => (version === undefined ? [] : [version])),
);

/** Whether a form is certainly another service's, by what it is signed for or by the version of the API it asks for. */
export function isForeignForm(signedFor: string | undefined, version: string | undefined): boolean {
  return (signedFor !== undefined && idsInCatalogue.has(signedFor)) || versionsInCatalogue.has(version);
}
