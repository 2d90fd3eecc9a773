// Links between people: who is whose dependant, beneficiary, representative, and on which policy or claim.
import type { Uuid } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import type { LinkKind } from "../kernel/vocabulary.ts";
import type { Keys } from "../keys/keys.ts";
import type { Querier, Transaction } from "../postgres/database.ts";
import { VaultError } from "./errors.ts";
import { assertLinkMac, linkDigest } from "./link-row.ts";
import type { LinkSide } from "./link-store.ts";
import { readLinks } from "./link-store.ts";
import { changeLinks, type LinkWrites } from "./live-links.ts";
import { assertUnitMac } from "./unit-header.ts";
import { lockUnit } from "./unit-store.ts";
import type { AuthorityWrite, Written } from "./written.ts";

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

/** Decisions rest on links, so both customers move one revision further. Throws VaultError "not-found", "erased", "too-many", "forged", "invalid-field". */
export async function linkCustomers(keys: LinkKeys, tx: Transaction, act: Uuid, draft: LinkDraft): Promise<LinkResult> {
  const { from, to, kind, unitId } = draft;
  if (from === to)
    throw new VaultError("invalid-field", "nobody is linked to themselves", [{ field: "to", reason: "same-customer" }]);
  const shared = { linkId: newId(), kind, unitId, ended: false, revision: 1, act };
  const start: LinkSide[] = [
    { ...shared, customerId: from, otherCustomerId: to, side: "from" },
    { ...shared, customerId: to, otherCustomerId: from, side: "to" },
  ];
  const written = await changeLinks(keys, tx, { act, customerIds: [from, to], start, ends: () => false });
  if (unitId !== null) await assertUnitOf(keys, tx, to, unitId);
  return { linkId: shared.linkId, written: writtenOf(written) };
}

/** Ended links stay listed, as history. Throws VaultError "not-found", "already-decided" when it had ended, "forged". */
export async function endLink(
  keys: LinkKeys,
  tx: Transaction,
  act: Uuid,
  link: { readonly customerId: Uuid; readonly linkId: Uuid },
): Promise<Written> {
  const [row] = await readLinks(tx, [link.customerId], { only: link.linkId, after: null, limit: 1 });
  if (row === undefined) throw new VaultError("not-found", "no such link");
  const { customerId, otherCustomerId, ended } = assertLinkMac(keys, row);
  if (ended) throw new VaultError("already-decided", "the link had ended");
  const written = await changeLinks(keys, tx, {
    act,
    customerIds: [customerId, otherCustomerId],
    start: [],
    ends: ({ linkId }) => linkId === link.linkId,
  });
  // Somebody else ended it while the customers were being locked.
  if (written.sides.length === 0) throw new VaultError("already-decided", "the link had ended");
  return writtenOf(written);
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

async function assertUnitOf(keys: LinkKeys, tx: Transaction, customerId: Uuid, unitId: Uuid): Promise<void> {
  const unit = await lockUnit(tx, customerId, unitId);
  if (unit === null) throw new VaultError("not-found", "no such retention unit");
  if (assertUnitMac(keys, unit).status === "erased")
    throw new VaultError("erased", "this retention unit has been erased");
}

function writtenOf({ customers, sides }: LinkWrites): Written {
  return {
    writes: [],
    authority: [...customers, ...linkWrites(sides)],
    classes: ["identity"],
    customers: sides.map((side) => side.customerId),
  };
}

export function linkWrites(sides: readonly LinkSide[]): AuthorityWrite[] {
  return sides.map((side) => {
    return {
      row: "customer-link",
      id: side.linkId,
      customer: side.customerId,
      revision: side.revision,
      digest: linkDigest(side),
    };
  });
}
