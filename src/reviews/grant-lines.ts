// Lines on what is lent for a time: elevations, approvals of two persons, emergency access, each with when it was last used.
import { z } from "zod";
import type { Row, RowType } from "../authority/authority.ts";
import type { DescribedPrincipal } from "../access/access.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { parseId } from "../kernel/ids.ts";
import type { Json } from "../kernel/canonical-json.ts";
import type { ReviewsContext } from "./context.ts";
import type { Line, Unassigned } from "./rows.ts";

const heldGrant = z.looseObject({
  form: z.enum(["elevation", "two-person", "break-glass"]),
  requestedAt: z.iso.datetime(),
  /** Null while it waits for approval. */
  untilAt: z.iso.datetime().nullable(),
  endedBy: z.string().nullable(),
  decisions: z.array(z.looseObject({ by: z.string(), approves: z.boolean() })),
});
type HeldGrant = z.infer<typeof heldGrant>;

/** A row of src/grants, of which what it lends is not looked at. */
const GRANT: RowType<HeldGrant & Json> = {
  kind: "grant",
  content: heldGrant as unknown as z.ZodType<HeldGrant & Json>,
};

/** Entries of one holder that are opened to find a last use: a grant lasts hours. */
const USES_MAX = 500;
const PAGE = 100;
const OWNERS_AT_ONCE = 500;

/** Of those in force now. */
export async function grantLines(
  context: ReviewsContext,
  people: readonly DescribedPrincipal[],
  lineOf: (person: DescribedPrincipal) => Unassigned,
): Promise<Unassigned[]> {
  const lines: Unassigned[] = [];
  for (const { person, lent } of await lentTo(context, people)) {
    const uses = await usesOf(context, person.principalId, lent);
    for (const { rowId: grantId, content } of lent) {
      const { form, requestedAt, untilAt } = content;
      const grant = { grantId, form, requestedAt, untilAt: untilAt ?? requestedAt };
      lines.push(lineFor(lineOf(person), { grant, uses: uses.get(grantId), grantors: approversOf(content) }));
    }
  }
  return lines;
}

interface Lent {
  readonly person: DescribedPrincipal;
  readonly lent: readonly Row<HeldGrant & Json>[];
}

/** Whose rows do not verify are lent nothing. */
async function lentTo(
  { authority, clock, database }: ReviewsContext,
  people: readonly DescribedPrincipal[],
): Promise<Lent[]> {
  const now = clock.now();
  const found: Lent[] = [];
  for (let at = 0; at < people.length; at += OWNERS_AT_ONCE) {
    const some = people.slice(at, at + OWNERS_AT_ONCE);
    const ids = some.map(({ principalId }) => principalId);
    const rows = await authority.liveOfMany(database, [GRANT], ids);
    for (const person of some) {
      const held = rows.get(person.principalId)?.of(GRANT, now) ?? [];
      const lent = held.filter(({ content }) => isLent(content, now));
      if (lent.length > 0) found.push({ person, lent });
    }
  }
  return found;
}

function approversOf({ decisions }: HeldGrant): Uuid[] {
  const approvers = decisions.filter(({ approves }) => approves).flatMap(({ by }) => parseId(by) ?? []);
  return [...new Set(approvers)].toSorted();
}

function isLent({ untilAt, endedBy }: HeldGrant, now: Date): boolean {
  return endedBy === null && untilAt !== null && now < new Date(untilAt);
}

interface Uses {
  readonly acts: number;
  readonly lastAt: string;
}

/** By grant, out of the details of what its holder was shown. Withheld entries count: nobody is named by it. */
async function usesOf({ ledger }: ReviewsContext, actorId: Uuid, lent: Lent["lent"]): Promise<Map<string, Uses>> {
  // Entries bear whole seconds.
  const from = new Date(Math.min(...lent.map(({ content }) => Date.parse(content.requestedAt))) - 1000);
  const filter = { actorId, kinds: ["disclosure"], outcomes: ["allowed", "partial"], from } as const;
  const uses = new Map<string, Uses>();
  let cursor: string | null = null;
  for (let read = 0; read < USES_MAX; read += PAGE) {
    const page: Awaited<ReturnType<typeof ledger.list>> = await ledger.list(filter, { limit: PAGE, cursor }, "cleared");
    for (const { entryId, at } of page.items) {
      const opening = await ledger.opening(entryId, "cleared");
      for (const grantId of groundsIn(opening?.detail["grounds"])) {
        const known = uses.get(grantId);
        const lastAt = known?.lastAt ?? new Date(at * 1000).toISOString();
        uses.set(grantId, { acts: (known?.acts ?? 0) + 1, lastAt });
      }
    }
    cursor = page.next;
    if (cursor === null) break;
  }
  return uses;
}

function groundsIn(grounds: Json | undefined): string[] {
  const parsed = z.array(z.looseObject({ id: z.string() })).safeParse(grounds);
  return parsed.success ? parsed.data.map(({ id }) => id) : [];
}

interface GrantLine {
  readonly grant: NonNullable<Line["grant"]>;
  readonly uses: Uses | undefined;
  readonly grantors: Uuid[];
}

function lineFor(line: Unassigned, { grant, uses, grantors }: GrantLine): Unassigned {
  const because = uses === undefined ? ["not used since it was asked for"] : [];
  const { acts = 0, lastAt = null } = uses ?? {};
  return {
    ...line,
    subject: { ...line.subject, kind: "grant" },
    grant,
    used: { since: grant.requestedAt, lastAt, acts, purposes: [], classes: [], customers: 0 },
    flags: line.flags.filter((flag) => flag === "privileged" || flag === "no-mfa"),
    conflicts: [],
    grantors,
    suggestion: { decision: uses === undefined ? "revoke" : "approve", narrowTo: null, because },
  };
}
