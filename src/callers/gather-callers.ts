// What verified calls let an agent rely upon, as the gate asks for it: for their customer, agent and purpose, while they last.
import type { AuthorityRows } from "../authority/authority.ts";
import type { GatherGrounds } from "../disclosure/disclosure.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { asId } from "../kernel/ids.ts";
import type { Clock } from "../kernel/clock.ts";
import type { Querier } from "../postgres/database.ts";
import type { Representations } from "../representation/representation.ts";
import { CALL, type CallContent } from "./call-row.ts";

export interface GatheringParts {
  readonly database: Querier;
  readonly authority: Pick<AuthorityRows, "liveOfMany">;
  readonly clock: Clock;
  readonly representations: Pick<Representations, "reachOf">;
}

const NOTHING = { asker: {}, customers: new Map(), relied: [] } as const;

/** INVARIANT: read anew for every question of a call centre's agent; nobody else waits for it. */
export function gatherCallers({ database, authority, clock, representations }: GatheringParts): GatherGrounds {
  return async (asker, customerIds, { purpose }) => {
    if (asker.role !== "csr") return NOTHING;
    const found = await authority.liveOfMany(database, [CALL], customerIds);
    const now = clock.now();
    const verified = [...found].flatMap(([customerId, live]) =>
      (live?.of(CALL, now) ?? [])
        .filter(({ content }) => content.agentId === asker.principalId)
        .filter(({ content }) => content.verifiedBy !== null && content.purpose === purpose)
        .map(({ rowId, content }) => ({ customerId, rowId, content })),
    );
    const stands = await Promise.all(verified.map((one) => mayStillSpeak(representations, one)));
    const calls = verified.filter((_, at) => stands[at]);
    return {
      asker: {},
      customers: new Map<Uuid, { callerVerified: boolean }>(
        calls.map(({ customerId }) => [customerId, { callerVerified: true }]),
      ),
      relied: calls.map(({ rowId }) => ({ kind: "caller-check", id: rowId })),
    };
  };
}

/** A representative whose authority ended while on the line speaks for nobody any more. */
export async function mayStillSpeak(
  representations: GatheringParts["representations"],
  { customerId, content }: { readonly customerId: Uuid; readonly content: CallContent },
): Promise<boolean> {
  if (content.representativeId === null) return true;
  const reach = await representations.reachOf(asId(content.representativeId), [customerId]);
  return (reach.get(customerId) ?? []).length > 0;
}
