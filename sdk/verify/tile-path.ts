// Where a log's tiles lie (C2SP tlog-tiles).
import { VerifyError } from "./errors.ts";

export const TILE_WIDTH = 256;

/** `tile/<L>/<N>[.p/<W>]` below the log's base; N in groups of three digits, all but the last after an x. */
export function tilePath(level: number | "entries", number: number, width: number): string {
  if (width < 1 || width > TILE_WIDTH) throw new VerifyError("malformed", "a tile has 1 to 256 hashes");
  const digits = String(number);
  const padded = digits.padStart(Math.ceil(digits.length / 3) * 3, "0");
  const groups = padded.match(/[0-9]{3}/g) ?? [];
  const path = groups.map((group, at) => (at === groups.length - 1 ? group : `x${group}`)).join("/");
  return `tile/${level}/${path}${width === TILE_WIDTH ? "" : `.p/${width}`}`;
}
