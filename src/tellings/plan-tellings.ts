// Who is to be told of what has just come to be: rows that are written by the same commit, so that nobody is forgotten between the two.
import { putRow } from "../authority/authority.ts";
import type { Place } from "../clocks/clocks.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import type { Beside, TellingsContext } from "./context.ts";
import { dutyFor } from "./duties.ts";
import { indexTelling } from "./telling-index.ts";
import { type Given, TELLING, type TellingContent, type ToldOf } from "./telling-row.ts";

export interface Planning {
  readonly customerId: Uuid;
  readonly of: ToldOf;
  readonly servesId: Uuid;
  /** Of the law that governs the request; empty where there is none. */
  readonly ruleId: string;
  /** Whose working days count; null: the house's. */
  readonly place: Place | null;
  /** Null stands for those beyond the list. `tellingId`: where what it follows from knows it by one. */
  readonly whom: readonly { readonly tellingId?: Uuid; readonly recipient: Given | null }[];
}

export function planTellings(context: TellingsContext, planning: Planning): Beside {
  const { customerId, of, servesId, ruleId, whom } = planning;
  const { clock, clocks, rules } = context;
  const now = clock.now();
  const { duty, within } = dutyFor(rules, of, ruleId);
  const { on, before } = clocks.after(now, within, planning.place ?? rules.place);
  const made = whom.map(({ tellingId = newId(), recipient }): { tellingId: Uuid; content: TellingContent } => ({
    tellingId,
    content: {
      of,
      servesId,
      recipient,
      duty,
      due: { on, before: before.toISOString() },
      madeAt: now.toISOString(),
      state: "queued",
      way: null,
      sendingId: null,
      fault: null,
      tries: 0,
      sentAt: null,
      told: null,
    },
  }));
  return {
    rows: made.map(({ tellingId, content }) => putRow(TELLING, { rowId: tellingId, content })),
    index: async (tx) => {
      for (const one of made) await indexTelling(tx, { ...one, customerId, revision: 1 }, now);
    },
  };
}
