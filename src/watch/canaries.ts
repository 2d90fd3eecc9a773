// Customers that nobody has any business with: their opening always alerts, and nothing that the asker gets or waits for is different.
import type { Actor, AlsoWrite } from "../access/access.ts";
import { putRow } from "../authority/authority.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import type { WatchContext } from "./context.ts";
import { WatchError } from "./errors.ts";
import { CANARIES, CANARY, type Canary } from "./rows.ts";

const CANARIES_MAX = 1000;

/** Marking one that is marked says so again. Throws WatchError `unknown-canary` where there is no such customer, `too-many`. */
export async function markCanary(
  context: WatchContext,
  asked: { readonly customerId: Uuid; readonly note: string },
  actor: Actor,
  also?: AlsoWrite,
): Promise<void> {
  const { access, authority, clock } = context;
  const { customerId, note } = asked;
  // INVARIANT: the entry names no customer, and is withheld: who reads the ledger learns that a mark was set, and not on whom.
  await access.write({ ...attemptBy(actor), also }, async ({ tx, act }) => {
    const known = (await access.authoritiesOf([customerId])).get(customerId);
    if (known?.state == null || known.state.status === "erased") throw new WatchError("unknown-canary");
    const content: Canary = { customerId, note, by: actor.principalId, at: clock.now().toISOString() };
    const written = await authority.change(tx, {
      ownerId: CANARIES,
      act,
      reads: [CANARY.kind],
      make: (live) => {
        const rows = live.of(CANARY, clock.now());
        const same = rows.find((row) => row.content.customerId === customerId);
        if (same === undefined && rows.length >= CANARIES_MAX) throw new WatchError("too-many");
        return [putRow(CANARY, { rowId: same?.rowId ?? newId(), content })];
      },
    });
    return { result: null, written, detail: { marked: true } };
  });
}

/** Throws WatchError `unknown-canary`. */
export async function unmarkCanary(
  context: WatchContext,
  customerId: Uuid,
  actor: Actor,
  also?: AlsoWrite,
): Promise<void> {
  const { access, authority, clock } = context;
  await access.write({ ...attemptBy(actor), also }, async ({ tx, act }) => {
    const written = await authority.change(tx, {
      ownerId: CANARIES,
      act,
      reads: [CANARY.kind],
      make: (live) => {
        const row = live.of(CANARY, clock.now()).find(({ content }) => content.customerId === customerId);
        if (row === undefined) throw new WatchError("unknown-canary");
        return [{ end: row.rowId }];
      },
    });
    return { result: null, written, detail: { marked: false } };
  });
}

/** The caller checks `canary.list`. */
export async function listCanaries({
  authority,
  database,
}: Pick<WatchContext, "authority" | "database">): Promise<readonly Canary[]> {
  return (await authority.live(database, CANARY, CANARIES)).map(({ content }) => content);
}

function attemptBy(actor: Actor) {
  return { kind: "alert", action: "canary.mark", actor, targets: [], withheld: true } as const;
}
