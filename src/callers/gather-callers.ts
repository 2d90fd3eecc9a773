// What verified calls let an agent rely upon, as the gate asks for it: for their customer, agent and purpose, while they last.
import type { AuthorityRows } from "../authority/authority.ts";
import type { GatherGrounds } from "../disclosure/disclosure.ts";
import type { Querier } from "../postgres/database.ts";
import { CALL } from "./call-row.ts";
import { speaksOf, type SpeakingParts } from "./speaks-for.ts";

export interface GatheringParts extends SpeakingParts {
  readonly database: Querier;
  readonly authority: Pick<AuthorityRows, "liveOfMany">;
}

const NOTHING = { asker: {}, customers: new Map(), relied: [] } as const;

/** INVARIANT: read anew for every question of a call centre's agent; nobody else waits for it. */
export function gatherCallers(parts: GatheringParts): GatherGrounds {
  const { database, authority, clock } = parts;
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
    const said = await Promise.all(verified.map(async (one) => ({ ...one, speaksOf: await speaksOf(parts, one) })));
    const calls = said.filter((one) => one.speaksOf.length > 0);
    const byCustomer = Map.groupBy(calls, ({ customerId }) => customerId);
    return {
      asker: {},
      customers: new Map(
        [...byCustomer].map(([id, own]) => [id, { callerSpeaksOf: own.flatMap((one) => one.speaksOf) }]),
      ),
      relied: calls.map(({ rowId }) => ({ kind: "caller-check", id: rowId })),
    };
  };
}
