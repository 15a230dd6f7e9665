import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { failureText } from "../api/use-answer.ts";

interface ActionProps {
  readonly children: ComponentChildren;
  /** What it does. A failure is shown beside it. */
  readonly act: () => Promise<unknown>;
  /** Asked before, for what cannot be taken back. */
  readonly confirm?: string;
  readonly kind?: "plain" | "primary" | "danger";
  readonly title?: string;
  readonly disabled?: boolean;
}

/** A button that does something on the server, once at a time. */
export function Action({ children, act, confirm, kind = "plain", title, disabled = false }: ActionProps) {
  const { isRunning, failure, run } = useAction(act);
  const start = (): void => {
    if (confirm === undefined || window.confirm(confirm)) void run();
  };
  return (
    <span class="action">
      <button type="button" class={kind} title={title} disabled={disabled || isRunning} onClick={start}>
        {children}
      </button>
      {failure !== undefined && <FailureText text={failure} />}
    </span>
  );
}

/** Why an action failed, beside it. */
export function FailureText({ text }: { readonly text: string }) {
  return (
    <span class="failure-text" role="alert">
      {text}
    </span>
  );
}

/** Does something on the server, and knows whether it is under way and why it failed. */
export function useAction(act: () => Promise<unknown>) {
  const [state, setState] = useState<{ readonly isRunning: boolean; readonly failure?: string }>({ isRunning: false });
  const run = async (): Promise<void> => {
    setState({ isRunning: true });
    try {
      await act();
      setState({ isRunning: false });
    } catch (cause) {
      setState({ isRunning: false, failure: failureText(cause) });
    }
  };
  return { ...state, run };
}
