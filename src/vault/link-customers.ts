// Links between people: who is whose dependant, beneficiary, representative, and on which policy or claim.
import type { Uuid } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import type { LinkKind } from "../kernel/vocabulary.ts";
import type { Keys } from "../keys/keys.ts";
import type { Querier, Transaction } from "../postgres/database.ts";
import { changeAuthority } from "./authority.ts";
import { VaultError } from "./errors.ts";
import type { LinkRow, LinkSide } from "./link-store.ts";
import { insertLink, lockLink, readLinks, updateLink } from "./link-store.ts";
import { assertUnitMac } from "./unit-header.ts";
import { lockUnit } from "./unit-store.ts";
import type { AuthorityWrite, Written } from "./written.ts";
import { rowDigest } from "./written.ts";

type LinkKeys = Pick<Keys, "authorityMac" | "verifyAuthorityMac" | "sealUnder" | "openUnder">;

const LINKS_PAGE_MAX = 200;

/** `from` is the `kind` of `to`: the beneficiary of the policyholder, say. */
export interface LinkDraft {
  readonly from: Uuid;
  readonly to: Uuid;
  readonly kind: LinkKind;
  /** The policy or claim of `to` that it is about. */
  readonly unitId: Uuid | null;
}

export interface LinkResult {
  readonly linkId: Uuid;
  readonly written: Written;
}

/** Decisions rest on links, so both customers move one revision further. Throws VaultError "not-found", "erased", "forged", "invalid-field". */
export async function linkCustomers(keys: LinkKeys, tx: Transaction, act: Uuid, draft: LinkDraft): Promise<LinkResult> {
  const { from, to, kind, unitId } = draft;
  if (from === to)
    throw new VaultError("invalid-field", "nobody is linked to themselves", [{ field: "to", reason: "same-customer" }]);
  const customers = await changeAuthority(tx, keys, { customerIds: [from, to], act });
  if (unitId !== null) await assertUnitOf(keys, tx, to, unitId);
  const shared = { linkId: newId(), kind, unitId, ended: false, revision: 1, act };
  const sides: LinkSide[] = [
    { ...shared, customerId: from, otherCustomerId: to, side: "from" },
    { ...shared, customerId: to, otherCustomerId: from, side: "to" },
  ];
  for (const side of sides) await insertLink(tx, withLinkMac(keys, side));
  return { linkId: shared.linkId, written: writtenOf(customers, sides) };
}

/** Ended links stay listed, as history. Throws VaultError "not-found", "already-decided" when it had ended. */
export async function endLink(
  keys: LinkKeys,
  tx: Transaction,
  act: Uuid,
  link: { readonly customerId: Uuid; readonly linkId: Uuid },
): Promise<Written> {
  const [row] = await readLinks(tx, [link.customerId], { only: link.linkId, after: null, limit: 1 });
  if (row === undefined) throw new VaultError("not-found", "no such link");
  const customers = await changeAuthority(tx, keys, { customerIds: [row.customerId, row.otherCustomerId], act });
  const sides: LinkSide[] = [];
  for (const customerId of [row.customerId, row.otherCustomerId]) {
    const side = await lockLink(tx, customerId, link.linkId);
    if (side === null) throw new VaultError("forged", "a link has lost one of its sides");
    const before = assertLinkMac(keys, side);
    if (before.ended) throw new VaultError("already-decided", "the link had ended");
    const after = { ...before, ended: true, revision: before.revision + 1, act };
    await updateLink(tx, withLinkMac(keys, after));
    sides.push(after);
  }
  return writtenOf(customers, sides);
}

/** Links from and to the customer, ended ones included, in order of id. Throws VaultError "forged". */
export async function listLinks(
  keys: Pick<Keys, "verifyAuthorityMac">,
  on: Querier,
  customerId: Uuid,
  page: { readonly after: Uuid | null; readonly limit: number },
): Promise<LinkSide[]> {
  const limit = Math.min(page.limit, LINKS_PAGE_MAX);
  const rows = await readLinks(on, [customerId], { only: null, after: page.after, limit });
  return rows.map((row) => assertLinkMac(keys, row));
}

export function hasGoodLinkMac(keys: Pick<Keys, "verifyAuthorityMac">, row: LinkRow): boolean {
  return keys.verifyAuthorityMac(row.mac, macParts(row));
}

/** What the ledger keeps of one side. */
export function linkDigest(side: LinkSide): string {
  return rowDigest(macParts(side));
}

function assertLinkMac(keys: Pick<Keys, "verifyAuthorityMac">, row: LinkRow): LinkSide {
  if (!hasGoodLinkMac(keys, row)) throw new VaultError("forged", "a link was changed behind the vault's back");
  const { mac: _mac, ...side } = row;
  return side;
}

export function withLinkMac(keys: Pick<Keys, "authorityMac">, side: LinkSide): LinkRow {
  return { ...side, mac: keys.authorityMac(macParts(side)) };
}

async function assertUnitOf(keys: LinkKeys, tx: Transaction, customerId: Uuid, unitId: Uuid): Promise<void> {
  const unit = await lockUnit(tx, customerId, unitId);
  if (unit === null) throw new VaultError("not-found", "no such retention unit");
  assertUnitMac(keys, unit);
}

function writtenOf(customers: readonly AuthorityWrite[], sides: readonly LinkSide[]): Written {
  const links = sides.map((side): AuthorityWrite => {
    return {
      row: "customer-link",
      id: side.linkId,
      customer: side.customerId,
      revision: side.revision,
      digest: linkDigest(side),
    };
  });
  return {
    writes: [],
    authority: [...customers, ...links],
    classes: ["identity"],
    customers: sides.map((side) => side.customerId),
  };
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
