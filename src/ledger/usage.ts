// What principals did with their rights and who gave them, read for whole populations at once: for those who review access.
import type { Uuid } from "../kernel/bytes.ts";
import type { Json } from "../kernel/canonical-json.ts";
import { parseId } from "../kernel/ids.ts";
import { selectEntriesOf, selectGrants, selectSize, selectTimeAt, selectUsage } from "./store-usage.ts";
import type { Usage } from "./store-usage.ts";
import { detailOfRow } from "./tail.ts";
import type { TailParts } from "./tail.ts";

const GRANTS_PAGE = 2000;
/** Clocks of several servers differ by no more. */
const SKEW_SECONDS = 3600;

/** Of every actor since an instant. */
export async function usageSince(
  { database, logShard }: Pick<TailParts, "database" | "logShard">,
  since: Date,
): Promise<ReadonlyMap<Uuid, Usage>> {
  const from = await firstIndexSince({ database, logShard }, Math.floor(since.getTime() / 1000) - SKEW_SECONDS);
  return selectUsage(database, logShard, from);
}

/** Entries stand in the order of time, so that a few looks find where an instant begins, however long the log is. */
export async function firstIndexSince(
  { database, logShard }: Pick<TailParts, "database" | "logShard">,
  sinceSeconds: number,
): Promise<number> {
  let low = 0;
  let high = await selectSize(database, logShard);
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const at = await selectTimeAt(database, logShard, middle);
    if (at !== null && at >= sinceSeconds) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Who made or changed each principal, from the sealed details: those who granted. */
export async function grantorsOf(parts: TailParts): Promise<ReadonlyMap<Uuid, ReadonlySet<Uuid>>> {
  const grantors = new Map<Uuid, Set<Uuid>>();
  for (let from = 0; ;) {
    const rows = await selectGrants(parts.database, parts.logShard, from, GRANTS_PAGE);
    for (const row of rows) {
      const detail = await detailOfRow(parts, row);
      const actor = detail === null ? null : id(detail["actor"]);
      const target = detail === null ? null : principalOf(detail);
      if (actor === null || target === null || detail?.["outcome"] !== "done") continue;
      grantors.set(target, (grantors.get(target) ?? new Set()).add(actor));
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < GRANTS_PAGE) return grantors;
    from = last.index + 1;
  }
}

/** Who did each of these acts, from the sealed details; absent where there is none, or nobody is named. */
export async function actorsOf(parts: TailParts, entryIds: readonly Uuid[]): Promise<ReadonlyMap<Uuid, Uuid>> {
  const actors = new Map<Uuid, Uuid>();
  const wanted = [...new Set(entryIds)];
  for (let at = 0; at < wanted.length; at += GRANTS_PAGE) {
    const rows = await selectEntriesOf(parts.database, parts.logShard, wanted.slice(at, at + GRANTS_PAGE));
    for (const row of rows) {
      const actor = id((await detailOfRow(parts, row))?.["actor"]);
      if (actor !== null) actors.set(row.entryId, actor);
    }
  }
  return actors;
}

function principalOf(detail: { readonly [key: string]: Json | undefined }): Uuid | null {
  const principal = detail["principal"];
  if (typeof principal === "string") return parseId(principal);
  if (typeof principal !== "object" || principal === null || !("id" in principal)) return null;
  return id(principal.id);
}

function id(value: Json | undefined): Uuid | null {
  return typeof value === "string" ? parseId(value) : null;
}
