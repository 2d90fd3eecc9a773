// The little of the key hierarchy that this domain depends on.
import type { Keys } from "../keys/keys.ts";

export type AuthorityKeys = Pick<
  Keys,
  "authorityMac" | "verifyAuthorityMac" | "sealUnder" | "openUnder" | "keyedDigest"
>;
