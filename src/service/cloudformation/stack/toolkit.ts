import { NO_CONTENT, type PlainMap, type Stack, type StackContent } from "../../../engine/stack/stack.ts";
import { StackHistory } from "../../../engine/stack/stack-history.ts";
import type { KeptStack } from "../../../engine/stack/stacks-state.ts";
import { formatArn } from "../../../kernel/arn.ts";
import { BOOTSTRAP_PARAMETER, BOOTSTRAP_VERSION, bootstrapName } from "../../../kernel/cdk-bootstrap.ts";
import { sha256 } from "../../../kernel/digest.ts";
import type { Scope } from "../../../kernel/scope.ts";

const NAME = "CDKToolkit";

/** A resource of the stack: its logical id is that of the CDK's own template, so that `cdk bootstrap` changes it in place. */
interface Row {
  readonly logicalId: string;
  readonly type: string;
  readonly physicalId: string;
  readonly properties: PlainMap;
  readonly attributes: PlainMap;
  readonly isRetained?: true;
}

/** The stack that every account and region is bootstrapped with: what the CDK asks of it is there without anybody having made it. */
export function toolkitStack(scope: Scope): KeptStack {
  const rows = rowsOf(scope);
  const stack = stackOf(scope, rows);
  const line = { at: 0, physicalId: stack.id, logicalId: NAME, type: "AWS::CloudFormation::Stack" };
  const history = new StackHistory(
    [{ ...line, eventId: uuidOf(`${stack.id} event`), status: "CREATE_COMPLETE" }],
    rows.map(({ logicalId, physicalId, type }) => ({ logicalId, physicalId, type, status: "CREATE_COMPLETE", at: 0 })),
  );
  return { stack, history };
}

function stackOf(scope: Scope, rows: readonly Row[]): Stack {
  return {
    id: formatArn("cloudformation", scope, `stack/${NAME}/${uuidOf(`${scope.account} ${scope.region}`)}`),
    name: NAME,
    createdAt: 0,
    status: "CREATE_COMPLETE",
    isProtected: false,
    settings: { disableRollback: false, notificationArns: [] },
    content: contentOf(scope, rows),
  };
}

function contentOf(scope: Scope, rows: readonly Row[]): StackContent {
  const bucket = bootstrapName("assets", scope);
  const outputs = {
    BootstrapVersion: BOOTSTRAP_VERSION,
    BucketDomainName: `${bucket}.s3.${scope.region}.amazonaws.com`,
    BucketName: bucket,
    ImageRepositoryName: bootstrapName("container-assets", scope),
  };
  const Resources = rows.map(({ logicalId, type, properties, isRetained }) => [
    logicalId,
    {
      Type: type,
      Properties: properties,
      ...(isRetained && { DeletionPolicy: "Retain", UpdateReplacePolicy: "Retain" }),
    },
  ]);
  const Outputs = Object.entries(outputs).map(([key, Value]) => [key, { Value }]);
  const text = {
    Description: DESCRIPTION,
    Resources: Object.fromEntries(Resources),
    Outputs: Object.fromEntries(Outputs),
  };
  return {
    ...NO_CONTENT,
    template: { text: JSON.stringify(text) },
    description: DESCRIPTION,
    capabilities: ["CAPABILITY_NAMED_IAM"],
    outputs: Object.entries(outputs).map(([key, value]) => ({ key, value })),
    resources: rows.map(({ isRetained, ...row }) => {
      const policy = isRetained ? "Retain" : "Delete";
      return { ...row, tags: {}, dependsOn: [], deletionPolicy: policy, updateReplacePolicy: policy };
    }),
  };
}

const DESCRIPTION = "Waystation is born bootstrapped: this stack stands for what cdk bootstrap makes.";

/** Roles by logical id, with what their names say. */
const ROLES = {
  CloudFormationExecutionRole: "cfn-exec-role",
  DeploymentActionRole: "deploy-role",
  FilePublishingRole: "file-publishing-role",
  ImagePublishingRole: "image-publishing-role",
  LookupRole: "lookup-role",
};

function rowsOf(scope: Scope): readonly Row[] {
  const { partition, account, region } = scope;
  const bucket = bootstrapName("assets", scope);
  const repository = bootstrapName("container-assets", scope);
  const roles = Object.entries(ROLES).map(([logicalId, what]): Row => {
    const name = bootstrapName(what, scope);
    const Arn = `arn:${partition}:iam::${account}:role/${name}`;
    const attributes = { Arn, RoleId: `AROA${sha256(Arn).toUpperCase().slice(0, 17)}` };
    return { logicalId, type: "AWS::IAM::Role", physicalId: name, properties: { RoleName: name }, attributes };
  });
  return [
    {
      ...{ logicalId: "StagingBucket", type: "AWS::S3::Bucket", physicalId: bucket, isRetained: true },
      properties: { BucketName: bucket },
      attributes: {
        Arn: `arn:${partition}:s3:::${bucket}`,
        DomainName: `${bucket}.s3.amazonaws.com`,
        DualStackDomainName: `${bucket}.s3.dualstack.${region}.amazonaws.com`,
        RegionalDomainName: `${bucket}.s3.${region}.amazonaws.com`,
        WebsiteURL: `http://${bucket}.s3-website-${region}.amazonaws.com`,
      },
    },
    {
      ...{ logicalId: "ContainerAssetsRepository", type: "AWS::ECR::Repository", physicalId: repository },
      properties: { RepositoryName: repository },
      attributes: {
        Arn: formatArn("ecr", scope, `repository/${repository}`),
        RepositoryUri: `${account}.dkr.ecr.${region}.amazonaws.com/${repository}`,
      },
    },
    ...roles,
    {
      ...{ logicalId: "CdkBootstrapVersion", type: "AWS::SSM::Parameter", physicalId: BOOTSTRAP_PARAMETER },
      properties: { Name: BOOTSTRAP_PARAMETER, Type: "String", Value: BOOTSTRAP_VERSION },
      attributes: {
        Arn: formatArn("ssm", scope, `parameter${BOOTSTRAP_PARAMETER}`),
        ...{ Type: "String", Value: BOOTSTRAP_VERSION },
      },
    },
  ];
}

/** The same for the same text, so that nothing has to be kept. */
function uuidOf(text: string): string {
  const digits = sha256(`${NAME} ${text}`);
  return [8, 4, 4, 4, 12]
    .map((length, index, lengths) => {
      const start = lengths.slice(0, index).reduce((sum, one) => sum + one, 0);
      return digits.slice(start, start + length);
    })
    .join("-");
}
