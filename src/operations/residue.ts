// What an erasure cannot reach, read off the ledger: mentions in the files of others, and what was handed out before, to whom and when.
import type { Uuid } from "../kernel/bytes.ts";
import { asId } from "../kernel/ids.ts";
import type { Json } from "../kernel/canonical-json.ts";
import type { Erasure } from "../keys/keys.ts";
import type { Ledger, OpenedEntry } from "../ledger/ledger.ts";
import type { Residue } from "../vault/vault.ts";

interface Parts {
  readonly ledger: Pick<Ledger, "accountingOpened" | "opening">;
  readonly outsiders: ReadonlySet<string>;
}

const PAGE_ITEMS = 500;
/** Lines of the certificate: its length has a limit, and says what it leaves out. */
const LINES_MAX = 500;
const KINDS = ["disclosure", "copy", "export", "fulfilment", "opening-read"] as const;

interface Line {
  readonly recipient: Uuid | null;
  readonly role: string;
  readonly day: string;
  times: number;
}

/** GDPR articles 17(2) and 19. Nobody is told by it that there was an investigation: what was withheld from the customer is left out. */
export async function residueOf({ ledger, outsiders }: Parts, erasure: Erasure): Promise<Residue> {
  const lines = new Map<string, Line>();
  let openingsHandedOut = 0;
  let cursor: string | null = null;
  do {
    const filter = { kinds: KINDS, outcomes: ["allowed", "partial", "done"] } as const;
    const page: Awaited<ReturnType<Ledger["accountingOpened"]>> = await ledger.accountingOpened(
      erasure.customerId,
      filter,
      { cursor, limit: PAGE_ITEMS },
    );
    for (const entry of page.items) {
      if (entry.kind === "opening-read") openingsHandedOut += 1;
      else note(lines, entry, outsiders);
    }
    cursor = page.next;
  } while (cursor !== null);
  const all = [...lines.values()].toSorted((one, other) => (one.day < other.day ? -1 : 1));
  return {
    openingsHandedOut,
    mentions: await mentionsOf(ledger, erasure.act),
    handedOut: all.slice(0, LINES_MAX).map((line) => ({ ...line })),
    handedOutBesides: Math.max(0, all.length - LINES_MAX),
  };
}

function note(lines: Map<string, Line>, entry: OpenedEntry, outsiders: ReadonlySet<string>): void {
  const { actorId, recipientId, at, detail } = entry;
  const role = typeof detail["role"] === "string" ? detail["role"] : "none";
  if (recipientId === null && !outsiders.has(role) && entry.kind !== "fulfilment") return;
  const day = new Date(at * 1000).toISOString().slice(0, 10);
  const recipient = recipientId ?? actorId;
  const key = `${recipient ?? ""} ${day}`;
  const known = lines.get(key);
  if (known === undefined) lines.set(key, { recipient, role, day, times: 1 });
  else known.times += 1;
}

/** As the entry of the erasure itself says, made while the links still stood. */
async function mentionsOf(ledger: Parts["ledger"], act: Uuid): Promise<{ readonly [key: string]: Json }[]> {
  const opening = await ledger.opening(act, "cleared");
  const mentions = opening?.detail["mentions"];
  if (!Array.isArray(mentions)) return [];
  return mentions.slice(0, LINES_MAX).flatMap((one: Json) => {
    if (typeof one !== "object" || one === null || Array.isArray(one)) return [];
    const { customer, unit, kind } = one as { readonly [key: string]: Json };
    return [
      {
        customer: asId(String(customer)),
        unit: typeof unit === "string" ? asId(unit) : null,
        link: String(kind),
      },
    ];
  });
}
