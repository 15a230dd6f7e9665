/** Writes. What nobody takes, as behind a pipe that is closed or on a disk that is full, is lost and changes nothing else. */
export function write(stream: NodeJS.WriteStream, text: string): void {
  if (!stream.listeners("error").includes(ignore)) stream.on("error", ignore);
  try {
    stream.write(text);
  } catch {
    // Files are written to at once, and fail at once.
  }
}

function ignore(): void {}
