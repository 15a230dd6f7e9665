import type { LambdaFunction } from "../../api/control.ts";
import { ResourceLink } from "../../part/columns.tsx";
import { Fact, InstantFact, TextFact } from "../../part/facts.tsx";
import { bytesText, counted, durationText, numberText } from "../../part/words.ts";

/** How a function is set, the versions of it, and where events end that it does not wait for. */
export function Settings({ lambda }: { readonly lambda: LambdaFunction }) {
  return (
    <div class="columns">
      <Runs lambda={lambda} />
      <Versions lambda={lambda} />
      <Ends lambda={lambda} />
    </div>
  );
}

const CODE = {
  archive: "zip file",
  directory: "folder",
  image: "image",
  command: "command",
  attach: "attached by hand",
  inline: "handler of this process",
  url: "URL",
} as const;

function Runs({ lambda }: { readonly lambda: LambdaFunction }) {
  const { code, environmentNames, reservedConcurrency: reserved } = lambda;
  return (
    <section class="card" aria-labelledby="function-settings">
      <h2 id="function-settings">How it runs</h2>
      <dl class="facts">
        {lambda.description !== "" && <Fact name="Description">{lambda.description}</Fact>}
        <TextFact name="Runtime" text={lambda.runtime} />
        <TextFact name="Handler" text={lambda.handler} />
        <Fact name="Time-out">{durationText(lambda.timeoutSeconds)}</Fact>
        <Fact name="Memory">{numberText(lambda.memoryMegabytes)} MB</Fact>
        <Fact name="Architecture">{lambda.architecture}</Fact>
        <Fact name="Code">
          {CODE[code.kind]}
          {code.bytes > 0 && <span class="faint"> {bytesText(code.bytes)}</span>}
        </Fact>
        <TextFact name="Code is at" text={code.location} />
        <TextFact name="SHA-256" text={code.sha256} />
        <Fact name="Concurrency">{reserved === undefined ? "not reserved" : `${numberText(reserved)} reserved`}</Fact>
        <Fact name="Environment">
          {environmentNames.length === 0 ? (
            "nothing of its own"
          ) : (
            <span class="mono">{environmentNames.join(" ")}</span>
          )}
        </Fact>
        <TextFact name="Role" text={lambda.role} />
        <InstantFact name="Changed" at={lambda.modifiedAt} />
      </dl>
    </section>
  );
}

function Versions({ lambda: { versions, versionCount, aliases } }: { readonly lambda: LambdaFunction }) {
  return (
    <section class="card" aria-labelledby="function-versions">
      <h2 id="function-versions">Versions and aliases</h2>
      {versionCount + aliases.length === 0 && <p class="faint">There is $LATEST alone.</p>}
      <dl class="facts">
        {aliases.map(({ name, version, otherVersion, otherShare = 0 }) => (
          <Fact key={name} name={name}>
            version {version}
            {otherVersion !== undefined && `, and ${otherVersion} for ${Math.round(otherShare * 1000) / 10} %`}
          </Fact>
        ))}
        {versions.map(({ version, modifiedAt, description }) => (
          <InstantFact
            key={version}
            name={description === "" ? `Version ${version}` : `${version}, ${description}`}
            at={modifiedAt}
          />
        ))}
      </dl>
      {versionCount > versions.length && <p class="faint">The newest of {counted(versionCount, "version")}.</p>}
    </section>
  );
}

function Ends({ lambda: { deadLetterArn, asynchronous } }: { readonly lambda: LambdaFunction }) {
  return (
    <section class="card" aria-labelledby="function-ends">
      <h2 id="function-ends">Events that nobody waits for</h2>
      <dl class="facts">
        <Fact name="Dead letters go to">
          {deadLetterArn === undefined ? "nowhere: what is given up is gone" : <ResourceLink arn={deadLetterArn} />}
        </Fact>
        {asynchronous.map(({ qualifier, onSuccessArn, onFailureArn, maximumRetryAttempts, maximumEventAgeSeconds }) => (
          <Fact key={qualifier} name={qualifier}>
            {retries(maximumRetryAttempts)}, for {durationText(maximumEventAgeSeconds ?? 6 * 3600)} at most
            {onSuccessArn !== undefined && (
              <>
                ; successes go to <ResourceLink arn={onSuccessArn} />
              </>
            )}
            {onFailureArn !== undefined && (
              <>
                ; failures go to <ResourceLink arn={onFailureArn} />
              </>
            )}
          </Fact>
        ))}
      </dl>
    </section>
  );
}

/** AWS: two, unless it is told otherwise. */
function retries(count = 2): string {
  return count === 1 ? "1 retry" : `${count} retries`;
}
