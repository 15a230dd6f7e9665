/** What a function wrote. */
export function Log({ text }: { readonly text: string }) {
  if (text === "") return null;
  return (
    <>
      <h3>Log</h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard */}
      <section class="log" tabIndex={0} aria-label="Log">
        <pre class="raw">{text}</pre>
      </section>
    </>
  );
}
