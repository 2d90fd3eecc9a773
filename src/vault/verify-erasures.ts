// Compares erasures with what the ledger says was asked for: one that is gone would leave the old bucket key, and all backups, alive.
import { type Keys, KeysError } from "../keys/keys.ts";
import type { Querier } from "../postgres/database.ts";
import type { LedgerFacts } from "./ledger-facts.ts";
import type { ErasedPlace } from "./sweep-store.ts";
import type { Finding } from "./verify-authority.ts";
import { readRemains } from "./remains-store.ts";

interface Parts {
  readonly database: Querier;
  readonly keys: Pick<Keys, "erasuresOf">;
}

/** Rows of erasures are never removed. */
export async function* verifyErasures(parts: Parts, facts: LedgerFacts): AsyncGenerator<Finding, void, undefined> {
  let swept: ErasedPlace[] = [];
  for (const { customerId, unitId } of facts.erasures()) {
    const place = { customerId, recordId: null, unitId };
    try {
      const erasures = await parts.keys.erasuresOf(parts.database, customerId);
      const erasure = erasures.find((each) => each.unitId === unitId);
      if (erasure === undefined) yield { code: "erasure-missing", ...place };
      // It is brought to its end once more, and nothing opens meanwhile.
      else if (facts.isFinal(erasure.erasureId) && erasure.state !== "final") yield { code: "erasure-aged", ...place };
      if (erasure !== undefined && erasure.sweptAt !== null) swept.push({ customerId, unitId });
    } catch (error) {
      if (!(error instanceof KeysError && error.code === "forged-erasure")) throw error;
      yield { code: "erasure-forged", ...place };
    }
    if (swept.length < PLACES_AT_ONCE) continue;
    yield* remainsOf(parts, swept);
    swept = [];
  }
  yield* remainsOf(parts, swept);
}

const PLACES_AT_ONCE = 500;

/**
 * INVARIANT: that an erasure was swept stands under no MAC, so that it may be swept once more after a restore: nobody's word for it is taken. Nothing
 * else looks at rows of the erased.
 */
async function* remainsOf(
  { database }: Parts,
  swept: readonly ErasedPlace[],
): AsyncGenerator<Finding, void, undefined> {
  if (swept.length === 0) return;
  for (const place of await readRemains(database, swept)) yield { code: "erasure-remains", recordId: null, ...place };
}
