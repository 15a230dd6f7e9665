import { createHash } from "node:crypto";
import { AwsError } from "../../../kernel/aws-error.ts";
import type { DeclaredTopic } from "../../world/world.ts";
import type { Plan } from "../plan.ts";
import type { Session } from "../session.ts";

/** Plans that a topic may invoke those of the functions that are subscribed to it. AWS: its messages are refused otherwise. */
export function planPermissions(session: Session, topic: DeclaredTopic, functionArns: ReadonlySet<string>, plan: Plan) {
  const SourceArn = session.arn("sns", topic.name);
  const StatementId = `topic-${createHash("sha256").update(SourceArn).digest("hex").slice(0, 16)}`;
  for (const { protocol, endpoint, path } of topic.subscriptions) {
    if (protocol !== "lambda") continue;
    const FunctionName = session.functionArn(endpoint);
    if (!functionArns.has(FunctionName)) continue;
    const statement = { StatementId, Action: "lambda:InvokeFunction", Principal: "sns.amazonaws.com", SourceArn };
    let isAdded = false;
    plan.add({
      stage: "connect",
      subject: `permission of topic ${topic.name}`,
      path,
      async run() {
        try {
          await session.call("lambda", "AddPermission", { FunctionName, ...statement });
          isAdded = true;
        } catch (cause) {
          if (!(cause instanceof AwsError && cause.shape === "ResourceConflictException")) throw cause; // it may already
        }
      },
      async undo() {
        if (isAdded) await session.call("lambda", "RemovePermission", { FunctionName, StatementId });
      },
    });
  }
}
