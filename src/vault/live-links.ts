// The live links of customers, as decisions and changes rest on them: believed only together with the digest in the customer's sealed state.
import type { Uuid } from "../kernel/bytes.ts";
import type { AuthorityState, Keys } from "../keys/keys.ts";
import type { Transaction } from "../postgres/database.ts";
import { changeAuthority, type NextState } from "./authority.ts";
import { readCustomers } from "./customer-store.ts";
import { VaultError } from "./errors.ts";
import { assertLinkMac, hasGoodLinkMac, linksDigest, withLinkMac } from "./link-row.ts";
import { insertLink, type LinkRow, type LinkSide, readLiveLinks, updateLink } from "./link-store.ts";
import type { VaultParts } from "./parts.ts";
import type { AuthorityWrite } from "./written.ts";

type LinkKeys = Pick<Keys, "authorityMac" | "verifyAuthorityMac" | "sealUnder" | "openUnder">;

/** Live links of one customer. */
export const LIVE_LINKS_MAX = 500;

/** What a customer's sealed state, read before, says of its links, and the revision it said so at. */
export interface LinksSeal {
  readonly linksDigest: string;
  readonly revision: number;
}

/**
 * Live links of each customer; null where a row is forged, missing or put back, as the seal tells, or where links have changed since: then none may
 * be believed.
 */
export async function loadLiveLinks(
  parts: Pick<VaultParts, "database" | "keys" | "onForged">,
  seals: ReadonlyMap<Uuid, LinksSeal>,
): Promise<Map<Uuid, readonly LinkSide[] | null>> {
  const ids = [...seals.keys()];
  const rows = Map.groupBy(await readLiveLinks(parts.database, ids, LIVE_LINKS_MAX), ({ customerId }) => customerId);
  const links = new Map(
    ids.map((id) => [id, believed(parts.keys, rows.get(id) ?? [], seals.get(id)?.linksDigest)] as const),
  );
  await reportForged(
    parts,
    seals,
    ids.filter((id) => links.get(id) === null),
  );
  return links;
}

/** Not where the customer has moved on meanwhile: the decision is stale then, and taken anew. */
async function reportForged(
  { database, onForged }: Pick<VaultParts, "database" | "onForged">,
  seals: ReadonlyMap<Uuid, LinksSeal>,
  ids: readonly Uuid[],
): Promise<void> {
  if (ids.length === 0 || onForged === undefined) return;
  for (const { customerId, revision } of await readCustomers(database, ids))
    if (revision === seals.get(customerId)?.revision) onForged({ row: "customer-link", id: customerId });
}

function believed(
  keys: Pick<Keys, "verifyAuthorityMac">,
  rows: readonly LinkRow[],
  digest: string | undefined,
): readonly LinkSide[] | null {
  return rows.every((row) => hasGoodLinkMac(keys, row)) && linksDigest(rows) === digest ? rows : null;
}

export interface LinkChange {
  readonly act: Uuid;
  /** All whose links change; they are locked in order of id. */
  readonly customerIds: readonly Uuid[];
  readonly start: readonly LinkSide[];
  /** Which live sides end. Both sides of a link are asked about, each with its own customer. */
  readonly ends: (side: LinkSide) => boolean;
}

export interface LinkWrites {
  readonly customers: readonly AuthorityWrite[];
  readonly sides: readonly LinkSide[];
}

/**
 * Starts and ends links and moves their customers one revision further, since decisions rest on them. Throws VaultError "not-found", "erased",
 * "too-many", "forged", and "stale" when a link to a customer outside the change was made meanwhile.
 */
export async function changeLinks(
  keys: LinkKeys,
  tx: Transaction,
  change: LinkChange,
  next: NextState = (state) => state,
): Promise<LinkWrites> {
  const { act, customerIds, start, ends } = change;
  const ended: LinkSide[] = [];
  const customers = await changeAuthority(tx, keys, { customerIds, act }, async (state, customerId, revision) => {
    const [ending, staying] = parted(await lockedLinks(keys, tx, customerId, state), ends);
    if (ending.some(({ otherCustomerId }) => !customerIds.includes(otherCustomerId)))
      throw new VaultError("stale", "a link was made meanwhile; ask again");
    ended.push(...ending.map((side) => ({ ...side, ended: true, revision: side.revision + 1, act })));
    const live = [...staying, ...start.filter((side) => side.customerId === customerId)];
    if (live.length > LIVE_LINKS_MAX)
      throw new VaultError("too-many", `at most ${LIVE_LINKS_MAX} live links a customer`);
    return { ...(await next(state, customerId, revision)), linksDigest: linksDigest(live) };
  });
  assertWhole(ended);
  for (const side of ended) await updateLink(tx, withLinkMac(keys, side));
  for (const side of start) await insertLink(tx, withLinkMac(keys, side));
  return { customers, sides: [...ended, ...start] };
}

function parted(sides: readonly LinkSide[], ends: (side: LinkSide) => boolean): [LinkSide[], LinkSide[]] {
  return [sides.filter(ends), sides.filter((side) => !ends(side))];
}

/** INVARIANT: the digest is only rewritten over rows that verified, lest it launder forged ones. */
async function lockedLinks(
  keys: LinkKeys,
  tx: Transaction,
  customerId: Uuid,
  state: AuthorityState,
): Promise<LinkSide[]> {
  const rows = await readLiveLinks(tx, [customerId], LIVE_LINKS_MAX);
  const sides = rows.map((row) => assertLinkMac(keys, row));
  if (linksDigest(sides) !== state.linksDigest)
    throw new VaultError("forged", "a link was removed or put back behind the vault's back");
  return sides;
}

function assertWhole(ended: readonly LinkSide[]): void {
  for (const sides of Map.groupBy(ended, ({ linkId }) => linkId).values())
    if (sides.length !== 2) throw new VaultError("forged", "a link has lost one of its sides");
}
