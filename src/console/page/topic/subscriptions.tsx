import { callSns } from "../../api/aws.ts";
import { control, type Subscription, type Topic } from "../../api/control.ts";
import { usePages } from "../../api/use-pages.ts";
import { Action } from "../../part/action.tsx";
import { ResourceLink } from "../../part/columns.tsx";
import { Empty, Failure, Loading } from "../../part/states.tsx";
import { VirtualTable } from "../../part/virtual-table.tsx";

const PAGE_LIMIT = 200;

/** Who is subscribed, and what each of them is sent, as a sentence. */
export function Subscriptions({ topic }: { readonly topic: Topic }) {
  const pages = usePages(
    {
      ask: async (next, signal) => {
        const inputs = { topic: topic.arn, limit: PAGE_LIMIT, next };
        const { subscriptions, next: more } = await control.call("GET", "subscriptions", inputs, { signal });
        return { items: subscriptions, next: more };
      },
      isChangedBy: ({ resource, kind }) => resource === topic.arn && kind !== "published",
    },
    [topic.arn],
  );
  if (pages.failure !== undefined) return <Failure text={pages.failure} retry={pages.reload} />;
  if (!pages.isKnown) return <Loading />;
  if (pages.rows.length === 0) {
    return (
      <Empty title="Nobody is subscribed">
        <p>
          Subscribe a queue:{" "}
          <code>
            aws sns subscribe --topic-arn {topic.arn} --protocol sqs --notification-endpoint &lt;queue ARN&gt;
            --endpoint-url {location.origin}
          </code>
        </p>
      </Empty>
    );
  }
  return (
    <VirtualTable
      label="Subscriptions"
      columns={columns}
      rows={pages.rows}
      keyOf={({ arn }) => arn}
      onShow={pages.show}
    />
  );
}

const columns = [
  { title: "Protocol", width: "7rem", cell: ({ protocol }: Subscription) => protocol },
  {
    title: "Receiver",
    width: "28%",
    cell: ({ endpoint }: Subscription) =>
      endpoint.startsWith("arn:") ? <ResourceLink arn={endpoint} /> : <span title={endpoint}>{endpoint}</span>,
  },
  {
    title: "Gets messages where",
    cell: ({ filter }: Subscription) => <span title={filter?.sentence}>{filter?.sentence ?? "always"}</span>,
  },
  {
    title: "Dead letters",
    width: "12%",
    cell: ({ deadLetterQueueArn: arn }: Subscription) => (arn === undefined ? "–" : <ResourceLink arn={arn} />),
  },
  {
    title: "State",
    width: "11rem",
    cell: ({ isConfirmed, isRaw, pendingDeliveries, ...subscription }: Subscription) => (
      <>
        {isConfirmed ? null : <Confirm {...subscription} />}
        {isRaw && <span class="mark">raw</span>}
        {pendingDeliveries > 0 && <span class="mark in-flight">{pendingDeliveries} waiting</span>}
      </>
    ),
  },
];

/** Confirms a subscription that waits for it, with the token that its receiver was sent. */
function Confirm({
  topicArn,
  endpoint,
  protocol,
  region,
  account,
}: Omit<Subscription, "isConfirmed" | "isRaw" | "pendingDeliveries">) {
  const confirm = async (): Promise<void> => {
    const inputs = { account, protocol, to: endpoint };
    const messages = await control.list(["outbox", "messages"], inputs);
    const link = messages.findLast((message) => message.topicArn === topicArn && message.subscribeUrl !== undefined);
    const token = new URLSearchParams(link?.subscribeUrl?.split("?")[1]).get("Token");
    if (token === null) throw new Error("Its token went to the receiver, which has to confirm it.");
    await callSns("ConfirmSubscription", { TopicArn: topicArn, Token: token }, { region });
  };
  return <Action act={confirm}>Confirm</Action>;
}
