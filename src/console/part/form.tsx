import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { FailureText, useAction } from "./action.tsx";

/** What a form does. What comes of it is shown beside the button, as a failure is. */
export type Act = () => Promise<ComponentChildren>;

interface FormProps {
  /** The fields. */
  readonly children: ComponentChildren;
  /** What its button says. */
  readonly submit: string;
  readonly act: Act;
  /** Whether everything is in one line. */
  readonly isLine?: boolean;
  /** Whether it stands behind another one. */
  readonly isSecond?: boolean;
}

/** Fields and a button that does something on the server, once at a time. */
export function Form({ children, submit, act, isLine = false, isSecond = false }: FormProps) {
  const [done, setDone] = useState<ComponentChildren>();
  const { isRunning, failure, run } = useAction(async () => {
    setDone(undefined);
    setDone(await act());
  });
  const end = (
    <>
      <button type="submit" class={isSecond ? undefined : "primary"} disabled={isRunning}>
        {submit}
      </button>
      {failure !== undefined && <FailureText text={failure} />}
      {done && <span role="status">{done}</span>}
    </>
  );
  return (
    <form
      class={isLine ? "line" : "form"}
      onSubmit={(event) => {
        event.preventDefault();
        void run();
      }}
    >
      {children}
      {isLine ? end : <div class="line">{end}</div>}
    </form>
  );
}
