// Whoever was given something by an authorization that is withdrawn is told of it: read off the ledger, written by the commit of the withdrawal.
import type { Uuid } from "../kernel/bytes.ts";
import type { OpenedEntry } from "../ledger/ledger.ts";
import type { Beside, Given } from "../tellings/tellings.ts";
import type { AuthorizationsContext } from "./context.ts";
import { CHUNK, restedOn, SCANNED_MAX } from "./last-use.ts";

export async function tellThoseWhoRelied(
  context: AuthorizationsContext,
  { customerId, authorizationId: servesId }: { readonly customerId: Uuid; readonly authorizationId: Uuid },
): Promise<Beside> {
  const given = await reliedOn(context, customerId, servesId);
  const whom = given.map((recipient) => ({ recipient }));
  return context.tellings.plan({ customerId, of: "withdrawal", servesId, ruleId: "", place: null, whom });
}

/** Beyond this nobody is named one by one. */
const RELIED_MAX = 60;

/**
 * Who was given something by it, the newest first: those outside the insurer alone. Null at the end stands for those of whom the entries read do not tell. What
 * is withheld is not told of.
 */
async function reliedOn(
  { ledger }: Pick<AuthorizationsContext, "ledger">,
  customerId: Uuid,
  authorizationId: Uuid,
): Promise<readonly (Given | null)[]> {
  const found = new Map<string, Given>();
  let cursor: string | null = null;
  for (let scanned = 0; scanned < SCANNED_MAX; scanned += CHUNK) {
    const filter = { kinds: ["disclosure"], outcomes: ["allowed", "partial"] } as const;
    const page: Awaited<ReturnType<typeof ledger.accountingOpened>> = await ledger.accountingOpened(
      customerId,
      filter,
      { cursor, limit: CHUNK },
    );
    for (const entry of page.items) if (restedOn(entry).includes(authorizationId)) note(found, entry);
    cursor = page.next;
    if (cursor === null) break;
  }
  const all = [...found.values()];
  return all.length <= RELIED_MAX && cursor === null ? all : [...all.slice(0, RELIED_MAX), null];
}

function note(found: Map<string, Given>, entry: OpenedEntry): void {
  const { recipientId, entryId, detail } = entry;
  const said = detail["recipientType"];
  const type = typeof said === "string" && said !== "none" ? said : null;
  if (recipientId === null && (type === null || type === "individual")) return;
  const key = `${recipientId ?? ""} ${type ?? ""}`;
  const known = found.get(key);
  const at = new Date(entry.at * 1000).toISOString();
  found.set(
    key,
    known === undefined
      ? { recipientId, principalId: null, type, entryId, at, times: 1 }
      : { ...known, times: known.times + 1 },
  );
}
