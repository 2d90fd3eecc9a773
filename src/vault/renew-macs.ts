// After a rotation of the authority key: MACs and seals of the vault's rows are made anew under the newest version, a batch at a time.
import type { PublicBytes } from "../kernel/bytes.ts";
import { asPublicBytes, u32be } from "../kernel/bytes.ts";
import { sealAuthorityState, versionOfMac } from "../keys/keys.ts";
import type { Querier, Transaction } from "../postgres/database.ts";
import { openAuthority } from "./authority.ts";
import { type CustomerRow, updateCustomer } from "./customer-store.ts";
import { VaultError } from "./errors.ts";
import { hasGoodLinkMac, withLinkMac } from "./link-row.ts";
import { updateLink } from "./link-store.ts";
import { updateSuggestion } from "./match-store.ts";
import type { VaultParts } from "./parts.ts";
import * as under from "./renew-store.ts";
import { hasGoodSourceMac, sourceRow } from "./source-key.ts";
import { selectCoverUsed, updateSourceMac } from "./source-store.ts";
import { hasGoodMatchMac, withMatchMac } from "./suggest-matches.ts";
import { hasGoodUnitMac, withUnitMac } from "./unit-header.ts";
import { updateUnit } from "./unit-store.ts";

export interface Renewal {
  readonly renewed: number;
  /** Rows that the vault did not write. They are left as they are, since a new MAC would make them good. */
  readonly forged: number;
}

type RenewParts = Pick<VaultParts, "database" | "keys">;

/** Revisions stay: what the rows say has not changed. Safe to stop and to run again. */
export async function renewMacs(parts: RenewParts): Promise<Renewal> {
  const { keys } = parts;
  const renewals = [
    await renewTable(parts, under.lockCustomersUnder, (tx, row) => renewCustomer(parts, tx, row)),
    await renewTable(parts, under.lockUnitsUnder, async (tx, row) => {
      return hasGoodUnitMac(keys, row) && done(updateUnit(tx, withUnitMac(keys, row)));
    }),
    await renewTable(parts, under.lockLinksUnder, async (tx, row) => {
      return hasGoodLinkMac(keys, row) && done(updateLink(tx, withLinkMac(keys, row)));
    }),
    await renewTable(
      parts,
      (tx, newest) => under.lockSourcesUnder(tx, keys, newest),
      async (tx, row) => {
        return hasGoodSourceMac(keys, row) && done(updateSourceMac(tx, row, sourceRow(keys, row.token, row).mac));
      },
    ),
    await renewTable(parts, under.lockMatchesUnder, async (tx, row) => {
      return hasGoodMatchMac(keys, row) && done(updateSuggestion(tx, withMatchMac(keys, row)));
    }),
  ];
  return {
    renewed: renewals.reduce((sum, { renewed }) => sum + renewed, 0),
    forged: renewals.reduce((sum, { forged }) => sum + forged, 0),
  };
}

/** `renew` answers false for a row that is forged. */
async function renewTable<Row>(
  parts: RenewParts,
  lock: (tx: Transaction, newest: PublicBytes) => Promise<Row[]>,
  renew: (tx: Transaction, row: Row) => Promise<boolean>,
): Promise<Renewal> {
  const newest = asPublicBytes(u32be(versionOfMac(parts.keys.authorityMac(["renewal"]))));
  let renewed = 0;
  for (;;) {
    const { good, forged } = await parts.database.transaction(async (tx) => {
      const counts = { good: 0, forged: 0 };
      for (const row of await lock(tx, newest)) counts[(await renew(tx, row)) ? "good" : "forged"] += 1;
      return counts;
    });
    renewed += good;
    // Forged rows are found again each time; when there is nothing else, the table is done.
    if (good === 0) return { renewed, forged };
  }
}

async function renewCustomer(parts: RenewParts, tx: Transaction, row: CustomerRow): Promise<boolean> {
  try {
    return await done(
      updateCustomer(tx, { ...row, authority: sealAuthorityState(parts.keys, row, openAuthority(parts.keys, row)) }),
    );
  } catch (error) {
    if (error instanceof VaultError && error.code === "forged") return false;
    throw error;
  }
}

/** Rows that were never renewed, because nothing of them opens or because they are forged, count too. */
export function isVersionUsed(
  on: Querier,
  domain: "authority" | "index" | "tokens",
  version: number,
): Promise<boolean> {
  if (domain === "tokens") return selectCoverUsed(on, version);
  if (domain === "index") return under.selectIndexVersionUsed(on, version);
  return under.selectAuthorityVersionUsed(on, asPublicBytes(u32be(version)));
}

async function done(work: Promise<unknown>): Promise<true> {
  await work;
  return true;
}
