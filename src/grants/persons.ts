// Who a principal is: several principals of one person are known by one personnel number, of which only a keyed digest is kept; the directory says so by itself.
import type { Actor, AlsoWrite } from "../access/access.ts";
import { AccessError } from "../access/access.ts";
import { PERSONNEL, putRow, UNKNOWN_PERSON } from "../authority/authority.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import type { GrantsContext } from "./context.ts";

export interface Identifying {
  readonly principalId: Uuid;
  readonly personnelNumber: string;
}

/** Returns the principal's id. Throws AccessError `not-permitted`, `own-authority` (recorded), `unknown-client`. */
export async function identifyPerson(
  { access, authority, keys }: GrantsContext,
  { principalId, personnelNumber }: Identifying,
  actor: Actor,
  also?: AlsoWrite,
): Promise<Uuid> {
  const number = Buffer.from(keys.keyedDigest("personnel-number", personnelNumber.trim().normalize("NFKC"))).toString(
    "hex",
  );
  const attempt = { kind: "credential", action: "staff.identify", actor, targets: [principalId], also } as const;
  return access.write(attempt, async ({ tx, act, movePrincipal }) => {
    // Whoever says who they are themselves, as whatever principal of theirs, could say that they are somebody else.
    if (await access.isActor(tx, actor, [principalId])) throw new AccessError("own-authority");
    const moved = await movePrincipal(principalId);
    const rows = await authority.change(tx, {
      ownerId: principalId,
      act,
      reads: [PERSONNEL.kind],
      make: (live) => {
        const [known] = live.of(PERSONNEL, new Date(0));
        const content = { ...(known?.content ?? UNKNOWN_PERSON), number };
        return [putRow(PERSONNEL, { rowId: known?.rowId ?? newId(), content })];
      },
    });
    return { result: principalId, written: [moved, ...rows], ids: [principalId], detail: { principal: principalId } };
  });
}
