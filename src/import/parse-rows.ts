// Cuts a stream of bytes into rows, with where each begins and ends, so that a run can resume at a byte and a broken row costs only itself.

export interface RowPlace {
  /** The line at which the row begins, counted from 1. */
  readonly line: number;
  readonly startByte: number;
  /** Where the next row begins: from here, with its line, a run resumes. */
  readonly endByte: number;
  readonly nextLine: number;
}

/** `bytes` lack the line's end; of a refused row they may lack its rest. They are a view of the chunk read: to keep them, copy them. */
export interface RawRow extends RowPlace {
  readonly bytes: Uint8Array;
  readonly fault: "row-too-long" | "broken-quoting" | null;
}

export interface RowOptions {
  readonly rowBytesMax: number;
  /** The byte between fields; null for a format without quoting (NDJSON). */
  readonly delimiter: number | null;
}

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const QUOTE = 0x22;

type Scan = { readonly kind: "row"; readonly end: number } | { readonly kind: "partial" } | { readonly kind: "broken" };

/** `source` begins at `from.byte`, which is the first byte of a row. Blank lines are passed over. Memory: a chunk and a row at most. */
export async function* splitRows(
  source: AsyncIterable<Uint8Array>,
  from: { readonly byte: number; readonly line: number },
  options: RowOptions,
): AsyncGenerator<RawRow> {
  const splitter = new RowSplitter(from, options);
  for await (const chunk of source) yield* splitter.push(chunk);
  yield* splitter.end();
}

/** Holds what has come of the row in progress. */
class RowSplitter {
  readonly #options: RowOptions;
  #pending: Buffer = Buffer.alloc(0);
  /** The file's offset of the first pending byte. */
  #base: number;
  #line: number;
  /** The beginning of a line that is too long, while the rest of it is passed over. */
  #skipping: { readonly startByte: number; readonly head: Buffer } | null = null;
  /** Where in `#pending` the next quote stands: asked once, since most feeds have none. */
  #quoteAt = -1;

  constructor(from: { readonly byte: number; readonly line: number }, options: RowOptions) {
    this.#base = from.byte;
    this.#line = from.line;
    this.#options = options;
  }

  *push(chunk: Uint8Array): Generator<RawRow> {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    this.#pending = this.#pending.length === 0 ? bytes : Buffer.concat([this.#pending, bytes]);
    yield* this.#take(false);
  }

  *end(): Generator<RawRow> {
    yield* this.#take(true);
  }

  *#take(isLast: boolean): Generator<RawRow> {
    let at = 0;
    this.#quoteAt = this.#options.delimiter === null ? Infinity : this.#nextQuote(0);
    for (;;) {
      const step = this.#skipping === null ? this.#next(at, isLast) : this.#skip(at, isLast);
      if (step === null) break;
      if (step.row !== null) yield step.row;
      at = step.at;
      if (at >= this.#pending.length) break;
    }
    this.#base += at;
    // Copied when little is left, so that a small rest does not keep a whole chunk alive.
    this.#pending = Buffer.from(this.#pending.subarray(at));
  }

  #next(at: number, isLast: boolean): { row: RawRow | null; at: number } | null {
    if (at >= this.#pending.length) return null;
    const scan = this.#scan(at, isLast);
    if (scan.kind === "row" && scan.end - at <= this.#options.rowBytesMax) return this.#emit(at, scan.end, null);
    const isOver = this.#pending.length - at > this.#options.rowBytesMax;
    if (scan.kind === "partial" && !isOver && !isLast) return null;
    // An open quote may have swallowed any number of good lines: only the line that it stands in is refused, and the next is read afresh.
    const firstEnd = this.#pending.indexOf(LINE_FEED, at);
    const end = firstEnd === -1 ? this.#pending.length : firstEnd;
    if (end - at > this.#options.rowBytesMax) return this.#startSkipping(at);
    if (firstEnd === -1 && !isLast) return null;
    return this.#emit(
      at,
      end,
      scan.kind === "broken" || (scan.kind === "partial" && !isOver) ? "broken-quoting" : "row-too-long",
    );
  }

  /** The row from `at` to `end`, where its line feed stands or the file ends. */
  #emit(at: number, end: number, fault: RawRow["fault"]): { row: RawRow | null; at: number } {
    const next = Math.min(end + 1, this.#pending.length);
    const last = end > at && this.#pending[end - 1] === CARRIAGE_RETURN ? end - 1 : end;
    const bytes = this.#pending.subarray(at, last);
    const line = this.#line;
    this.#line += countLineFeeds(this.#pending, at, end) + 1;
    const row = { line, startByte: this.#base + at, endByte: this.#base + next, nextLine: this.#line, bytes, fault };
    return { row: bytes.length === 0 ? null : row, at: next };
  }

  #startSkipping(at: number): { row: null; at: number } {
    const head = Buffer.from(this.#pending.subarray(at, at + this.#options.rowBytesMax));
    this.#skipping = { startByte: this.#base + at, head };
    return { row: null, at: at + head.length };
  }

  #skip(at: number, isLast: boolean): { row: RawRow | null; at: number } | null {
    const skipping = this.#skipping;
    if (skipping === null) return null;
    const found = this.#pending.indexOf(LINE_FEED, at);
    if (found === -1 && !isLast) return { row: null, at: this.#pending.length };
    const next = found === -1 ? this.#pending.length : found + 1;
    this.#skipping = null;
    this.#line += 1;
    const place = {
      line: this.#line - 1,
      startByte: skipping.startByte,
      endByte: this.#base + next,
      nextLine: this.#line,
    };
    return { row: { ...place, bytes: skipping.head, fault: "row-too-long" }, at: next };
  }

  #scan(at: number, isLast: boolean): Scan {
    const lineFeed = this.#pending.indexOf(LINE_FEED, at);
    const lineEnd = lineFeed === -1 ? this.#pending.length : lineFeed;
    if (this.#quoteAt < at) this.#quoteAt = this.#nextQuote(at);
    if (this.#quoteAt >= lineEnd)
      return lineFeed === -1 && !isLast ? { kind: "partial" } : { kind: "row", end: lineEnd };
    // INVARIANT: no further than a row may be long, so that what is found does not depend on how the stream was cut into chunks.
    const limit = Math.min(this.#pending.length, at + this.#options.rowBytesMax + 1);
    const isWhole = isLast && limit === this.#pending.length;
    return scanQuoted(this.#pending.subarray(0, limit), at, this.#options.delimiter ?? LINE_FEED, isWhole);
  }

  #nextQuote(at: number): number {
    const found = this.#pending.indexOf(QUOTE, at);
    return found === -1 ? Infinity : found;
  }
}

/** RFC 4180 section 2: a field that begins with a quote ends at the next single one, which a delimiter or the line's end must follow. */
function scanQuoted(bytes: Buffer, start: number, delimiter: number, isLast: boolean): Scan {
  const open: Scan = isLast ? { kind: "broken" } : { kind: "partial" };
  let at = start;
  for (;;) {
    if (bytes[at] === QUOTE) {
      const close = closingQuote(bytes, at + 1, isLast);
      if (close === -1) return open;
      at = close + 1;
      if (bytes[at] === CARRIAGE_RETURN && (bytes[at + 1] === LINE_FEED || at + 1 >= bytes.length)) at += 1;
    } else {
      while (at < bytes.length && bytes[at] !== delimiter && bytes[at] !== LINE_FEED) at += 1;
    }
    if (at >= bytes.length) return isLast ? { kind: "row", end: at } : { kind: "partial" };
    if (bytes[at] === LINE_FEED) return { kind: "row", end: at };
    if (bytes[at] !== delimiter) return { kind: "broken" };
    at += 1;
  }
}

/** -1 when the field is still open where the bytes end. A quote as the last byte may yet turn out to be half of a doubled one. */
function closingQuote(bytes: Buffer, from: number, isLast: boolean): number {
  let at = bytes.indexOf(QUOTE, from);
  while (at !== -1 && bytes[at + 1] === QUOTE) at = bytes.indexOf(QUOTE, at + 2);
  return at === bytes.length - 1 && !isLast ? -1 : at;
}

function countLineFeeds(bytes: Buffer, from: number, to: number): number {
  let count = 0;
  for (let at = bytes.indexOf(LINE_FEED, from); at !== -1 && at < to; at = bytes.indexOf(LINE_FEED, at + 1)) count += 1;
  return count;
}
