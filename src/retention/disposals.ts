// Disposals: a preview that one person asks for, the approval of just that by another, and what the server then does; read and written here.
import type { Action, Actor, AlsoWrite, Authenticated } from "../access/access.ts";
import { putRow } from "../authority/authority.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { asId, newId } from "../kernel/ids.ts";
import type { Json } from "../kernel/canonical-json.ts";
import type { RetentionContext } from "./context.ts";
import {
  approvableUntil,
  DISPOSAL,
  type DisposalContent,
  type DisposalFace,
  disposalFace,
  type DisposalRow,
} from "./disposal-row.ts";
import { countOutcomes, type LinesAsked, selectCertificate, selectLinePage, selectProgress } from "./disposal-store.ts";
import { RetentionError } from "./errors.ts";
import { sha256Of } from "./disposal-lines.ts";
import { previewAsCsv, previewAsPdf } from "./print-preview.ts";

export interface DisposalPage {
  readonly items: readonly DisposalFace[];
  readonly next: Uuid | null;
}

/** Writes throw RetentionError, and AccessError `not-permitted` (recorded), `stale-actor`. */
export interface Disposals {
  /** The first of two: the server makes the preview in the background. Throws `too-many-open`. */
  ask(asker: Authenticated, asked: { readonly reason: string }, also?: AlsoWrite): Promise<DisposalFace>;
  /** The second of two people, of the preview with just this digest. Throws `own-request`, `wrong-state`, `preview-changed`, `preview-old`. */
  decide(asker: Authenticated, decided: Decided, also?: AlsoWrite): Promise<DisposalFace>;
  /** Before it is approved, by whoever may ask. */
  withdraw(asker: Authenticated, disposalId: Uuid, also?: AlsoWrite): Promise<DisposalFace>;
  get(disposalId: Uuid): Promise<DisposalFace>;
  list(page: { readonly after: Uuid | null; readonly limit: number }): Promise<DisposalPage>;
  /** By number, with what became of each. */
  lines(disposalId: Uuid, asked: LinesAsked): ReturnType<typeof selectLinePage>;
  /** Every line of the preview, for whoever approves it. Throws `wrong-state` before there is one, `not-believed`. */
  asCsv(disposalId: Uuid): Promise<string>;
  asPdf(disposalId: Uuid): Promise<Buffer>;
  /** With the entry that commits to it; null before the run is over. Throws `not-believed`. */
  certificate(disposalId: Uuid): Promise<{ readonly bytes: Buffer; readonly entryId: Uuid } | null>;
}

interface Decided {
  readonly disposalId: Uuid;
  readonly approve: boolean;
  readonly digest: string;
}

const OPEN_MAX = 10;
const SCANNED_MAX = 2000;
const PAGE = 500;
const OPEN: readonly DisposalContent["state"][] = ["previewing", "previewed", "approved"];

export function openDisposals(context: RetentionContext): Disposals {
  const face = async (disposalId: Uuid) => faceOf(context, await disposalOf(context, disposalId));
  return {
    ask: async (asker, asked, also) => face(await ask(context, asker, asked.reason, also)),
    decide: async (asker, decided, also) => face(await decide(context, asker, decided, also)),
    withdraw: async (asker, disposalId, also) => face(await withdraw(context, asker, disposalId, also)),
    get: face,
    list: ({ after, limit }) => list(context, after, limit),
    lines: async (disposalId, asked) => {
      await disposalOf(context, disposalId);
      return selectLinePage(context.database, disposalId, asked);
    },
    asCsv: async (disposalId) => previewAsCsv(context, await disposalOf(context, disposalId)),
    asPdf: async (disposalId) => previewAsPdf(context, await disposalOf(context, disposalId)),
    certificate: (disposalId) => certificateOf(context, disposalId),
  };
}

async function disposalOf({ authority, database }: RetentionContext, disposalId: Uuid): Promise<DisposalRow> {
  const row = await authority.get(database, DISPOSAL, { ownerId: disposalId, rowId: disposalId });
  if (row === null) throw new RetentionError("unknown-disposal");
  return row;
}

async function faceOf({ database }: RetentionContext, row: DisposalRow): Promise<DisposalFace> {
  const { state, found } = row.content;
  if (state === "previewing") return disposalFace(row, await selectProgress(database, row.rowId));
  const isRunning = state === "approved" || state === "complete";
  if (!isRunning || found === null) return disposalFace(row, null);
  return disposalFace(row, { done: await countOutcomes(database, row.rowId), total: found.due });
}

/** Those in a state, oldest first. */
export async function disposalsIn(
  { authority, database }: RetentionContext,
  states: readonly DisposalContent["state"][],
): Promise<readonly DisposalRow[]> {
  const rows: DisposalRow[] = [];
  let after: Uuid | null = null;
  for (let scanned = 0; scanned < SCANNED_MAX; scanned += PAGE) {
    const page: Awaited<ReturnType<typeof authority.page<DisposalContent>>> = await authority.page(database, DISPOSAL, {
      state: "live",
      after,
      limit: PAGE,
    });
    rows.push(...page.rows.filter(({ content }) => states.includes(content.state)));
    after = page.next;
    if (after === null) break;
  }
  return rows;
}

async function ask(context: RetentionContext, asker: Authenticated, reason: string, also?: AlsoWrite): Promise<Uuid> {
  const { access, authority, clock } = context;
  const disposalId = newId();
  const attempt = { kind: "retention", action: "disposal.ask", actor: asker, targets: [], also } as const;
  await access.write(attempt, async ({ tx, act }) => {
    if ((await disposalsIn(context, OPEN)).length >= OPEN_MAX) throw new RetentionError("too-many-open");
    const content: DisposalContent = {
      state: "previewing",
      asked: { by: asker.principalId, at: clock.now().toISOString(), entry: act },
      reason,
      found: null,
      decided: null,
      ended: null,
    };
    const row = putRow(DISPOSAL, { rowId: disposalId, content });
    const written = await authority.change(tx, { ownerId: disposalId, act, reads: [], make: () => [row] });
    return { result: null, written, detail: { disposal: disposalId }, ids: [disposalId] };
  });
  return disposalId;
}

async function decide(
  context: RetentionContext,
  asker: Authenticated,
  { disposalId, approve, digest }: Decided,
  also?: AlsoWrite,
): Promise<Uuid> {
  const { content } = await disposalOf(context, disposalId);
  // INVARIANT: who asks for a disposal does not decide on it, also as another principal of theirs, or through a client.
  const askers = [asker.principalId, ...(asker.via === undefined ? [] : [asker.via])];
  const by = asId(content.asked.by);
  for (const one of askers)
    if (one === by || (await context.areOnePerson(one, by))) {
      const own = { kind: "retention", action: "disposal.decide", actor: asker, targets: [disposalId] } as const;
      return context.access.write(own, () => Promise.reject(new RetentionError("own-request")));
    }
  const now = context.clock.now();
  const detail = { approved: approve, digest };
  const change = { disposalId, action: "disposal.decide", actor: asker, also, detail } as const;
  await changeDisposal(context, change, (held, act) => {
    if (held.state !== "previewed" || held.found === null) throw new RetentionError("wrong-state");
    if (held.found.digest !== digest) throw new RetentionError("preview-changed");
    if (approve && now > approvableUntil(held.found)) throw new RetentionError("preview-old");
    const decided = { by: asker.principalId, at: now.toISOString(), entry: act };
    return { ...held, state: approve ? "approved" : "refused", decided };
  });
  return disposalId;
}

async function withdraw(
  context: RetentionContext,
  asker: Authenticated,
  disposalId: Uuid,
  also?: AlsoWrite,
): Promise<Uuid> {
  await disposalOf(context, disposalId);
  const change = { disposalId, action: "disposal.ask", actor: asker, also, detail: { withdrawn: true } } as const;
  await changeDisposal(context, change, (held) => {
    if (held.state !== "previewing" && held.state !== "previewed") throw new RetentionError("wrong-state");
    return { ...held, state: "withdrawn" };
  });
  return disposalId;
}

export interface DisposalChange {
  readonly disposalId: Uuid;
  readonly action: Action;
  readonly actor: Actor;
  readonly also?: AlsoWrite | undefined;
  readonly detail: { readonly [key: string]: Json };
}

/** Under the disposal's lock, with its entry. Throws whatever `make` throws, RetentionError `unknown-disposal`. */
export async function changeDisposal(
  { access, authority, clock }: RetentionContext,
  { disposalId, action, actor, also, detail }: DisposalChange,
  make: (held: DisposalContent, act: Uuid) => DisposalContent,
): Promise<void> {
  const attempt = { kind: "retention", action, actor, targets: [disposalId], also } as const;
  await access.write(attempt, async ({ tx, act }) => {
    const written = await authority.change(tx, {
      ownerId: disposalId,
      act,
      reads: [DISPOSAL.kind],
      make: (live) => {
        const row = live.get(DISPOSAL, disposalId, clock.now());
        if (row === null) throw new RetentionError("unknown-disposal");
        return [putRow(DISPOSAL, { ...row, content: make(row.content, act) })];
      },
    });
    return { result: null, written, detail: { disposal: disposalId, ...detail }, ids: [disposalId] };
  });
}

async function list(context: RetentionContext, from: Uuid | null, limit: number): Promise<DisposalPage> {
  const { authority, database } = context;
  const page = await authority.page(database, DISPOSAL, { state: "live", after: from, limit });
  return { items: await Promise.all(page.rows.map((row) => faceOf(context, row))), next: page.next };
}

async function certificateOf(context: RetentionContext, disposalId: Uuid) {
  const { ended } = (await disposalOf(context, disposalId)).content;
  if (ended === null) return null;
  const bytes = await selectCertificate(context.database, disposalId);
  if (bytes === null || sha256Of(bytes) !== ended.certificate) throw new RetentionError("not-believed");
  return { bytes, entryId: asId(ended.entry) };
}
