// One act on the rows of one person: right, transaction, change under the owner's lock, and the entry that names what was written.
import type { Access, Actor } from "../access/access.ts";
import type { AuthorityRows, LiveRows, RowChange } from "../authority/authority.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { Json } from "../kernel/canonical-json.ts";
import type { Clock } from "../kernel/clock.ts";

type Attempt = Parameters<Access["write"]>[0];

export interface RowsAct<Result> {
  readonly kind: "session" | "credential" | "grant";
  readonly action: Attempt["action"];
  readonly actor: Actor;
  /** Whose rows. */
  readonly principalId: Uuid;
  /** What everybody may do to themselves. */
  readonly isOwn?: boolean;
  readonly also?: Attempt["also"];
  /** The kinds whose contents `make` asks for. */
  readonly reads: readonly { readonly kind: string }[];
  /** Decides on what stands there under the lock; throws where it does not fit, and nothing is written then. */
  readonly make: (live: LiveRows, now: Date) => Made<Result>;
}

export interface Made<Result> {
  readonly changes: readonly RowChange[];
  readonly result: Result;
  /** For the entry, beside whose rows they are. */
  readonly detail?: { readonly [key: string]: Json };
}

export interface RowsContext {
  readonly access: Access;
  readonly authority: AuthorityRows;
  readonly clock: Clock;
}

export function writeRows<Result>(context: RowsContext, asked: RowsAct<Result>): Promise<Result> {
  const { access, authority, clock } = context;
  const { kind, action, actor, principalId, also, reads } = asked;
  const own = asked.isOwn === true ? ({ isOwn: true } as const) : {};
  return access.write({ kind, action, actor, targets: [principalId], also, ...own }, async ({ tx, act }) => {
    let made: Made<Result> | undefined;
    const written = await authority.change(tx, {
      ownerId: principalId,
      act,
      reads: reads.map((type) => type.kind),
      make: (live) => {
        made = asked.make(live, clock.now());
        return made.changes;
      },
    });
    if (made === undefined) throw new Error("a change that decided nothing");
    return { result: made.result, written, detail: { principal: principalId, ...made.detail } };
  });
}
