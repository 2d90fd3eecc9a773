// Files of people that state master data: announced by one, approved by another who has the same file, and sent only then.
import { AccessError, type Actor, type AlsoWrite } from "../access/access.ts";
import { putRow, type Row } from "../authority/authority.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import type { FeedsContext } from "./context.ts";
import { FeedsError } from "./errors.ts";
import { IMPORT_REQUEST, type ImportRequest, IMPORT_REQUESTS } from "./rows.ts";

const LASTS_MS = 30 * 86_400_000;
const REQUESTS_MAX = 500;

/** Once for a run, however often it is announced; whoever announces it first asks. Throws FeedsError `too-many`. */
export async function requestImport(context: FeedsContext, importId: Uuid, actor: Actor): Promise<ImportRequest> {
  const standing = (await readRequests(context)).get(importId);
  if (standing !== undefined) return standing;
  return write(context, { action: "import.request", actor }, (rows) => {
    const found = rows.find(({ content }) => content.importId === importId);
    if (found !== undefined) return found;
    if (rows.length >= REQUESTS_MAX) throw new FeedsError("too-many");
    const now = context.clock.now();
    const content = {
      importId,
      requestedBy: actor.principalId,
      requestedAt: now.toISOString(),
      approvedBy: null,
      approvedAt: null,
    };
    return { rowId: newId(), endsAt: new Date(now.getTime() + LASTS_MS), content };
  });
}

/**
 * The caller has made sure that whoever approves has the file. Throws FeedsError `unknown-request`, `wrong-state`; AccessError `own-authority` (recorded)
 * for whoever asked.
 */
export async function approveImport(
  context: FeedsContext,
  importId: Uuid,
  actor: Actor,
  also?: AlsoWrite,
): Promise<ImportRequest> {
  return write(context, { action: "import.approve", actor, also }, (rows) => {
    const row = rows.find(({ content }) => content.importId === importId);
    if (row === undefined) throw new FeedsError("unknown-request");
    // INVARIANT: who asks does not approve.
    if (row.content.requestedBy === actor.principalId) throw new AccessError("own-authority");
    if (row.content.approvedBy !== null) throw new FeedsError("wrong-state");
    const approvedAt = context.clock.now().toISOString();
    return { ...row, content: { ...row.content, approvedBy: actor.principalId, approvedAt } };
  });
}

/** By their runs; those that lapsed are not among them. */
export async function readRequests({
  authority,
  database,
}: Pick<FeedsContext, "authority" | "database">): Promise<ReadonlyMap<Uuid, ImportRequest>> {
  const rows = await authority.live(database, IMPORT_REQUEST, IMPORT_REQUESTS);
  return new Map(rows.map(({ content }) => [content.importId, content]));
}

interface By {
  readonly action: "import.request" | "import.approve";
  readonly actor: Actor;
  readonly also?: AlsoWrite | undefined;
}

type Planned = Pick<Row<ImportRequest>, "rowId" | "endsAt" | "content">;

async function write(
  { access, authority, clock }: FeedsContext,
  by: By,
  change: (rows: readonly Row<ImportRequest>[]) => Planned,
): Promise<ImportRequest> {
  return access.write({ kind: "grant", targets: [], ...by }, async ({ tx, act }) => {
    let planned: Planned | null = null;
    const written = await authority.change(tx, {
      ownerId: IMPORT_REQUESTS,
      act,
      reads: [IMPORT_REQUEST.kind],
      make: (live) => {
        planned = change(live.of(IMPORT_REQUEST, clock.now()));
        const { rowId, endsAt, content } = planned;
        return [putRow(IMPORT_REQUEST, { rowId, endsAt, content })];
      },
    });
    const made = planned as Planned | null;
    if (made === null) throw new TypeError("a change names what it made");
    const { importId } = made.content;
    return { result: made.content, written, detail: { import: importId }, ids: [importId] };
  });
}
