// One side of a link as stored: what its MAC covers, and the digest over a customer's live links, which shows that none is missing or put back.
import { lengthPrefixed, utf8 } from "../kernel/bytes.ts";
import { authorityDigest, type Keys } from "../keys/keys.ts";
import { VaultError } from "./errors.ts";
import type { LinkRow, LinkSide } from "./link-store.ts";
import { rowDigest } from "./written.ts";

export function hasGoodLinkMac(keys: Pick<Keys, "verifyAuthorityMac">, row: LinkRow): boolean {
  return keys.verifyAuthorityMac(row.mac, macParts(row));
}

/** Throws VaultError "forged". */
export function assertLinkMac(keys: Pick<Keys, "verifyAuthorityMac">, row: LinkRow): LinkSide {
  if (!hasGoodLinkMac(keys, row)) throw new VaultError("forged", "a link was changed behind the vault's back");
  const { mac: _mac, ...side } = row;
  return side;
}

export function withLinkMac(keys: Pick<Keys, "authorityMac">, side: LinkSide): LinkRow {
  return { ...side, mac: keys.authorityMac(macParts(side)) };
}

/** What the ledger keeps of one side. */
export function linkDigest(side: LinkSide): string {
  return rowDigest(macParts(side));
}

/** Over one customer's side of its live links, and not over their MACs, which change when keys rotate. */
export function linksDigest(live: readonly LinkSide[]): string {
  const inOrder = live.toSorted((left, right) => (left.linkId < right.linkId ? -1 : 1));
  return authorityDigest(
    "links",
    inOrder.map((side) => lengthPrefixed(...macParts(side).map(utf8))),
  );
}

function macParts(side: LinkSide): string[] {
  return [
    "customer-link",
    side.customerId,
    side.linkId,
    side.otherCustomerId,
    side.side,
    side.kind,
    side.unitId ?? "",
    side.ended ? "ended" : "live",
    String(side.revision),
    side.act,
  ];
}
