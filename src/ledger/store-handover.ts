// The SQL of handovers: signed notes by which one key of the log gives over to the next. Only ever added; each proves itself.
import type { Uuid } from "../kernel/bytes.ts";
import { asCode, asPublicBytes } from "../kernel/bytes.ts";
import { asId, newId } from "../kernel/ids.ts";
import type { Querier } from "../postgres/database.ts";
import { sql } from "../postgres/sql.ts";
import type { Statement } from "../postgres/sql.ts";
import type { SigningDomain } from "./detail.ts";
import { attempt } from "./errors.ts";

const PAGE_ROWS = 100;

/** Newest first, nothing of it believed. */
export async function* readHandovers(on: Querier, domain: SigningDomain): AsyncGenerator<string, void> {
  for (let before: Uuid | null = null; ;) {
    const older: Statement = before === null ? sql`` : sql`and handover_id < ${before}`;
    const rows: { id: string; note: Buffer }[] = await attempt(() =>
      on.query(sql`
        select handover_id as id, note from log_key_handover where domain = ${asCode(domain)} ${older}
        order by handover_id desc limit ${PAGE_ROWS}`),
    );
    for (const { note } of rows) yield note.toString("utf8");
    const last = rows.at(-1);
    if (rows.length < PAGE_ROWS || last === undefined) return;
    before = asId(last.id);
  }
}

export async function insertHandover(on: Querier, domain: SigningDomain, note: string): Promise<void> {
  await attempt(() =>
    on.query(sql`
      insert into log_key_handover (handover_id, domain, note)
      values (${newId()}, ${asCode(domain)}, ${asPublicBytes(Buffer.from(note, "utf8"))})`),
  );
}
