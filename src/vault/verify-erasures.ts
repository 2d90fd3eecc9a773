// Compares erasures with what the ledger says was asked for: one that is gone would leave the old bucket key, and all backups, alive.
import { type Keys, KeysError } from "../keys/keys.ts";
import type { Querier } from "../postgres/database.ts";
import type { LedgerFacts } from "./ledger-facts.ts";
import type { Finding } from "./verify-authority.ts";

interface Parts {
  readonly database: Querier;
  readonly keys: Pick<Keys, "erasuresOf">;
}

/** Rows of erasures are never removed. */
export async function* verifyErasures(parts: Parts, facts: LedgerFacts): AsyncGenerator<Finding, void, undefined> {
  for (const { customerId, unitId } of facts.erasures()) {
    const place = { customerId, recordId: null, unitId };
    try {
      const erasures = await parts.keys.erasuresOf(parts.database, customerId);
      const erasure = erasures.find((each) => each.unitId === unitId);
      if (erasure === undefined) yield { code: "erasure-missing", ...place };
      // It is brought to its end once more, and nothing opens meanwhile.
      else if (facts.isFinal(erasure.erasureId) && erasure.state !== "final") yield { code: "erasure-aged", ...place };
    } catch (error) {
      if (!(error instanceof KeysError && error.code === "forged-erasure")) throw error;
      yield { code: "erasure-forged", ...place };
    }
  }
}
