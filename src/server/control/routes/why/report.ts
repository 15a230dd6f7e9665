import { CONTROL_PREFIX } from "../../../../kernel/own-traffic.ts";
import { type AnswerOf, controlRoute } from "../../contract.ts";
import { account, region } from "../../inputs.ts";
import { list, next, type PageQuery, paging, shape, text, withLimit } from "../listing.ts";

const findingPage = shape(
  {
    isRecording: { type: "boolean", description: "Whether what happens is kept, and with it what use shows." },
    findings: list(
      shape({
        lint: { ...text, description: "Names the kind of mistake, such as short-polling." },
        resource: { ...text, description: "ARN of the queue, subscription or stream." },
        text: { ...text, description: "What is the matter." },
        evidence: { ...text, description: "By what it shows." },
        advice: { ...text, description: "What to do." },
      }),
    ),
  },
  { note: { ...text, description: "What to do so that there is more to see." }, next },
);

export interface ReportDeps {
  /** Tells what is likely to be a mistake. */
  readonly report: (query: PageQuery) => Promise<AnswerOf<typeof findingPage>>;
}

export const reportRoute = controlRoute({
  method: "GET",
  path: `${CONTROL_PREFIX}report`,
  summary: "tells what is likely to be a mistake, with evidence and advice",
  inputs: { account, region, ...paging },
  answer: findingPage,
  handle: ({ report }: ReportDeps, query) => report(withLimit(query)),
});
