// The papers that demands are written on: they tell of a demand, to whoever it may not be told to.
import type { AuthorityRows } from "../authority/authority.ts";
import type { DemandedPapers } from "../disclosure/disclosure.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { asId } from "../kernel/ids.ts";
import type { Clock } from "../kernel/clock.ts";
import type { Database } from "../postgres/database.ts";
import { DEMAND_PAPER } from "./demand-row.ts";

export interface PapersParts {
  readonly authority: Pick<AuthorityRows, "liveOfMany">;
  readonly database: Database;
  readonly clock: Clock;
}

export function gatherPapers({ authority, database, clock }: PapersParts): DemandedPapers {
  return async (customerIds) => {
    const found = await authority.liveOfMany(database, [DEMAND_PAPER], customerIds);
    const now = clock.now();
    const papersOf = (id: Uuid): ReadonlySet<Uuid> | null => {
      const live = found.get(id);
      if (live === null) return null;
      return new Set((live?.of(DEMAND_PAPER, now) ?? []).map(({ content }) => asId(content.recordId)));
    };
    return new Map(customerIds.map((id) => [id, papersOf(id)]));
  };
}
