import { useState } from "preact/hooks";
import { after } from "../browser/timing.ts";

/** A button that puts a text into the clipboard. */
export function Copy({ text, label = "Copy" }: { readonly text: string; readonly label?: string }) {
  const [isCopied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    after(1500, () => setCopied(false));
  };
  return (
    <button type="button" class="copy" onClick={() => void copy().catch(() => setCopied(false))}>
      <span aria-live="polite">{isCopied ? "Copied" : label}</span>
    </button>
  );
}
