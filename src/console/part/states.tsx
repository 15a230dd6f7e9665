import { type ComponentChildren, type ComponentType, h } from "preact";
import { useEffect, useState } from "preact/hooks";

/** What is shown until the first answer. */
export function Loading() {
  return (
    <p class="loading" role="status">
      Loading…
    </p>
  );
}

/** Why something could not be shown or done, as a sentence. */
export function Failure({ text, retry }: { readonly text: string; readonly retry?: () => void }) {
  return (
    <div class="failure" role="alert">
      <p>{text}</p>
      {retry && (
        <button type="button" onClick={retry}>
          Try again
        </button>
      )}
    </div>
  );
}

interface EmptyProps {
  readonly title: string;
  /** Whether it stands for the whole page, which has no other title then. */
  readonly isPage?: boolean;
  readonly children?: ComponentChildren;
}

/** What is shown where there is nothing: why, and what to do. */
export function Empty({ title, isPage = false, children }: EmptyProps) {
  return (
    <div class="empty">
      {isPage ? <h1>{title}</h1> : <h2>{title}</h2>}
      {children}
    </div>
  );
}

/** What an answer is shown as, or why there is none. */
export function Known<T>({
  known,
  children,
}: {
  readonly known: { readonly answer: T | undefined; readonly failure: string | undefined; readonly reload: () => void };
  readonly children: (answer: T) => ComponentChildren;
}) {
  const { answer, failure, reload } = known;
  return (
    <>
      {failure !== undefined && <Failure text={failure} retry={reload} />}
      {answer === undefined ? failure === undefined && <Loading /> : children(answer)}
    </>
  );
}

/** A part that is loaded when it is first shown. */
export function Late({ load }: { readonly load: () => Promise<ComponentType> }) {
  const [part, setPart] = useState<{ readonly loaded?: ComponentType; readonly failure?: string }>({});
  useEffect(() => {
    let isWanted = true;
    load().then(
      (loaded) => isWanted && setPart({ loaded }),
      (cause: Error) => isWanted && setPart({ failure: cause.message }),
    );
    return () => {
      isWanted = false;
    };
  }, [load]);
  if (part.failure !== undefined) {
    // A server that is newer than the page has other files.
    return <Failure text={`This page could not be loaded: ${part.failure}`} retry={() => location.reload()} />;
  }
  return part.loaded === undefined ? <Loading /> : h(part.loaded, {});
}
