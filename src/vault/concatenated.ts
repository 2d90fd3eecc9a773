// Many byte strings as one parameter, to be cut apart again by PostgreSQL's substring().
import type { PublicBytes, Sealed, Token } from "../kernel/bytes.ts";

export interface Concatenated<Kind extends Sealed | Token | PublicBytes> {
  readonly bytes: Kind;
  /** Where each begins; PostgreSQL counts from one. */
  readonly starts: readonly number[];
  readonly sizes: readonly number[];
}

/** The whole has the brand of its parts. */
export function concatenated<Kind extends Sealed | Token | PublicBytes>(parts: readonly Kind[]): Concatenated<Kind> {
  const starts: number[] = [];
  let next = 1;
  for (const part of parts) {
    starts.push(next);
    next += part.length;
  }
  return { bytes: Buffer.concat(parts) as Uint8Array as Kind, starts, sizes: parts.map((part) => part.length) };
}
