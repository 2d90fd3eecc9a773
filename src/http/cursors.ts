// Page cursors: opaque to the client, and bound by a keyed digest to the operation and the client they were made for.
import type { Keys } from "../keys/keys.ts";
import { equalConstantTime } from "../kernel/bytes.ts";
import { HttpError } from "./errors.ts";

const MAC_BYTES = 16;

export interface Cursors {
  /** `place` is where the next page starts, in the domain's own words; null ends the list. */
  print(operation: string, principalId: string, place: string | null): string | null;
  /** Throws HttpError `invalid-cursor`. */
  parse(operation: string, principalId: string, cursor: string | undefined): string | null;
}

export function createCursors(keys: Pick<Keys, "keyedDigest">): Cursors {
  const mac = (operation: string, principalId: string, place: string): Uint8Array =>
    keys.keyedDigest("cursor", operation, principalId, place).subarray(0, MAC_BYTES);
  return {
    print(operation, principalId, place) {
      if (place === null) return null;
      return Buffer.concat([mac(operation, principalId, place), Buffer.from(place, "utf8")]).toString("base64url");
    },
    parse(operation, principalId, cursor) {
      if (cursor === undefined) return null;
      const bytes = Buffer.from(cursor, "base64url");
      // RFC 4648 3.5: a lenient decoder would take one cursor in several spellings.
      if (bytes.toString("base64url") !== cursor) throw new HttpError("invalid-cursor");
      const place = bytes.subarray(MAC_BYTES).toString("utf8");
      const expected = mac(operation, principalId, place);
      if (!equalConstantTime(bytes.subarray(0, MAC_BYTES), expected)) throw new HttpError("invalid-cursor");
      return place;
    },
  };
}
