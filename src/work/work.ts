// What waits for a principal, gathered from the domains that hold it: only what this principal's rights let it act on.
import type { Authenticated } from "../access/access.ts";
import type { WorkParts } from "./context.ts";
import { onCustomers } from "./customers.ts";
import { onPeople } from "./people.ts";
import { onPrivacy } from "./privacy.ts";
import { byUrgency, type Waiting } from "./waiting.ts";

export type { Waiting };

export interface Work {
  /** The most urgent first. `isCut` where a source holds more than was read of it. */
  waitingFor(asker: Authenticated): Promise<{ readonly items: readonly Waiting[]; readonly isCut: boolean }>;
}

/** Rows read of one source: nobody works through more in a day. */
const SOURCE_MAX = 200;
const ITEMS_MAX = 200;

export function openWork(parts: WorkParts): Work {
  return {
    waitingFor: async (asker) => {
      const allowed = [...onPeople, ...onCustomers, ...onPrivacy].filter(({ needs }) =>
        needs.some((action) => parts.access.may(asker, action)),
      );
      const found = await Promise.all(allowed.map((source) => source.read(parts, asker, SOURCE_MAX)));
      const items = found.flat().toSorted(byUrgency);
      const isCut = items.length > ITEMS_MAX || found.some((of) => of.length >= SOURCE_MAX);
      return { items: items.slice(0, ITEMS_MAX), isCut };
    },
  };
}
