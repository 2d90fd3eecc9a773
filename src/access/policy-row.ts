// The policy set in force as stored, and what its MAC covers.
import { asPublicBytes, u64be, type PublicBytes, type Uuid } from "../kernel/bytes.ts";
import { asId, idBytes } from "../kernel/ids.ts";
import type { AuthorityKeys } from "./authority-keys.ts";

export interface PolicySet {
  /** SHA-256 over the files of the set. */
  readonly digest: PublicBytes;
  /** Decisions carry it; the ledger checks it again when a disclosure is sequenced. */
  readonly revision: number;
  readonly act: Uuid;
}

export interface PolicyRow {
  readonly digest: Uint8Array;
  readonly revision: number;
  readonly act: string;
  readonly mac: Uint8Array;
}

/** The set a row speaks of, or null when its MAC is not ours. */
export function verifiedPolicySet(keys: AuthorityKeys, row: PolicyRow): PolicySet | null {
  const set = { digest: asPublicBytes(row.digest), revision: row.revision, act: asId(row.act) };
  return keys.verifyAuthorityMac(row.mac, policyParts(set)) ? set : null;
}

/** What the MAC covers. */
export function policyParts(set: PolicySet): (Uint8Array | string)[] {
  return ["uberrima/policy-set/v1", set.digest, u64be(set.revision), idBytes(set.act)];
}
