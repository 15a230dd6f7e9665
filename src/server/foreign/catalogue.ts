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

function row(id: string, title: string, name: string, more: Partial<ForeignService> = {}): ForeignService {
  return { id, title, variable: `AWS_ENDPOINT_URL_${name}`, ...more };
}

const REST_JSON = { kind: "rest-json" } as const;
const REST_XML = { kind: "rest-xml" } as const;

const query = (version: string): Partial<ForeignService> => ({ kind: "query", version });
const json = (...targets: readonly string[]): Partial<ForeignService> => ({ kind: "json", targets });

/** The services that stand beside messaging in most stacks, under the names that the SDKs' variables have for them. */
export const foreignServices: readonly ForeignService[] = [
  row("s3", "Amazon S3", "S3", { kind: "s3" }),
  row("dynamodb", "Amazon DynamoDB", "DYNAMODB", json("DynamoDB_20120810")),
  row("dynamodb", "Amazon DynamoDB Streams", "DYNAMODB_STREAMS", json("DynamoDBStreams_20120810")),
  row("lambda", "AWS Lambda", "LAMBDA", REST_JSON),
  row("events", "Amazon EventBridge", "EVENTBRIDGE", json("AWSEvents")),
  row("scheduler", "Amazon EventBridge Scheduler", "SCHEDULER", REST_JSON),
  row("pipes", "Amazon EventBridge Pipes", "PIPES", REST_JSON),
  row("states", "AWS Step Functions", "SFN", json("AWSStepFunctions")),
  row("firehose", "Amazon Data Firehose", "FIREHOSE", json("Firehose_20150804")),
  row("kinesisanalytics", "Amazon Kinesis Analytics", "KINESIS_ANALYTICS_V2", json("KinesisAnalytics_20180523")),
  row("kinesisvideo", "Amazon Kinesis Video Streams", "KINESIS_VIDEO", REST_JSON),
  row("iam", "AWS IAM", "IAM", query("2010-05-08")),
  row("kms", "AWS KMS", "KMS", json("TrentService")),
  row("secretsmanager", "AWS Secrets Manager", "SECRETS_MANAGER", json("secretsmanager")),
  row("ssm", "AWS Systems Manager", "SSM", json("AmazonSSM")),
  row("appconfig", "AWS AppConfig", "APPCONFIG", REST_JSON),
  row("cloudformation", "AWS CloudFormation", "CLOUDFORMATION", query("2010-05-15")),
  row("monitoring", "Amazon CloudWatch", "CLOUDWATCH", {
    ...query("2010-08-01"),
    targets: ["GraniteServiceVersion20100801"],
  }),
  row("logs", "Amazon CloudWatch Logs", "CLOUDWATCH_LOGS", json("Logs_20140328")),
  row("xray", "AWS X-Ray", "XRAY", REST_JSON),
  row("ec2", "Amazon EC2", "EC2", { kind: "ec2", version: "2016-11-15" }),
  row("autoscaling", "Amazon EC2 Auto Scaling", "AUTO_SCALING", query("2011-01-01")),
  row("elasticloadbalancing", "Elastic Load Balancing", "ELASTIC_LOAD_BALANCING_V2", query("2015-12-01")),
  row("elasticloadbalancing", "Elastic Load Balancing (classic)", "ELASTIC_LOAD_BALANCING", query("2012-06-01")),
  row("ecs", "Amazon ECS", "ECS", json("AmazonEC2ContainerServiceV20141113")),
  row("ecr", "Amazon ECR", "ECR", json("AmazonEC2ContainerRegistry_V20150921")),
  row("eks", "Amazon EKS", "EKS", REST_JSON),
  row("rds", "Amazon RDS", "RDS", query("2014-10-31")),
  row("elasticache", "Amazon ElastiCache", "ELASTICACHE", query("2015-02-02")),
  row("redshift", "Amazon Redshift", "REDSHIFT", query("2012-12-01")),
  row("ses", "Amazon SES", "SES", query("2010-12-01")),
  row("ses", "Amazon SES", "SESV2", REST_JSON),
  row("apigateway", "Amazon API Gateway", "API_GATEWAY", REST_JSON),
  row("cognito-idp", "Amazon Cognito", "COGNITO_IDENTITY_PROVIDER", json("AWSCognitoIdentityProviderService")),
  row("cognito-identity", "Amazon Cognito", "COGNITO_IDENTITY", json("AWSCognitoIdentityService")),
  row("glue", "AWS Glue", "GLUE", json("AWSGlue")),
  row("athena", "Amazon Athena", "ATHENA", json("AmazonAthena")),
  row("kafka", "Amazon MSK", "KAFKA", REST_JSON),
  row("mq", "Amazon MQ", "MQ", REST_JSON),
  row("batch", "AWS Batch", "BATCH", REST_JSON),
  row("route53", "Amazon Route 53", "ROUTE_53", REST_XML),
  row("cloudfront", "Amazon CloudFront", "CLOUDFRONT", REST_XML),
];

const idsInCatalogue: ReadonlySet<string> = new Set(foreignServices.map(({ id }) => id));
const versionsInCatalogue: ReadonlySet<string | undefined> = new Set(
  foreignServices.flatMap(({ version }) => (version === undefined ? [] : [version])),
);

/** Whether a form is certainly another service's, by what it is signed for or by the version of the API it asks for. */
export function isForeignForm(signedFor: string | undefined, version: string | undefined): boolean {
  return (signedFor !== undefined && idsInCatalogue.has(signedFor)) || versionsInCatalogue.has(version);
}
