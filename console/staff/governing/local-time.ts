// Times as `datetime-local` fields take them, where the reader is.
const MINUTE_MS = 60_000;
const LENGTH = "2026-01-01T00:00".length;

export function localInput(at: Date): string {
  return new Date(at.getTime() - at.getTimezoneOffset() * MINUTE_MS).toISOString().slice(0, LENGTH);
}
