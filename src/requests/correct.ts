// A correction: proposed, sealed until it is decided on; applied, and from then on a deed for everybody who was given what was wrong.
import { z } from "zod";
import type { Authenticated } from "../access/access.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { asId, newId } from "../kernel/ids.ts";
import type { Beside, Given } from "../tellings/tellings.ts";
import { packedNames } from "../vault/vault.ts";
import { type At, changeRequest, changeRow } from "./change-request.ts";
import type { RequestsContext } from "./context.ts";
import { type Deed, roundOf } from "./deed-row.ts";
import type { Along } from "./deeds.ts";
import { RequestsError } from "./errors.ts";
import { overOnce, stamped } from "./over-once.ts";
import type { Proposal, RequestContent, RequestRow, Wanted } from "./request-row.ts";

export interface Proposing {
  readonly recordId: Uuid;
  /** By the record's own field names; an empty value takes a field away. */
  readonly fields: Readonly<Record<string, string>>;
}

export const PROPOSAL = "proposal";
export const WANTED = "wanted";
/** What is sealed of a proposal. */
export const changeValues = z.strictObject({ fields: z.record(z.string(), z.string()) });

/** Throws RequestsError `unknown-record`, `wrong-state`, VaultError. */
export async function proposer(
  context: RequestsContext,
  asker: Authenticated,
  { ownerId: customerId, rowId: requestId }: RequestRow,
  { recordId, fields }: Proposing,
): Promise<(content: RequestContent) => RequestContent> {
  const { clock, deeds, vault } = context;
  const [stored] = await vault.loadRecords([customerId], { recordId });
  if (stored === undefined) throw new RequestsError("unknown-record");
  const { unitId, recordType, revision } = stored.record;
  const waits = deeds.checkCorrection(asker, { recordType, held: packedNames(stored.record.pack) }, fields);
  const values = await vault.sealWaiting({ customerId, unitId, waitsIn: requestId, part: PROPOSAL }, { fields });
  const fieldNames = Object.keys(fields);
  const at = clock.now().toISOString();
  const proposal = { recordId, unitId, recordType, fieldNames, expectedRevision: revision, values, waits };
  return (content) => {
    const isOpen = content.state === "received" || content.state === "in-progress" || content.state === "waiting";
    if (content.kind !== "correction" || !isOpen) throw new RequestsError("wrong-state");
    return { ...content, proposal: { ...proposal, by: asker.principalId, at } };
  };
}

/** What a customer points at and says instead. Whether it can be so is for whoever proposes it. Throws RequestsError `not-a-correction`, `unknown-record`. */
export async function wantedOf(
  context: RequestsContext,
  { customerId, requestId, kind }: At & Pick<RequestContent, "kind">,
  { recordId, fields }: Proposing,
): Promise<Wanted> {
  if (kind !== "correction") throw new RequestsError("not-a-correction");
  const fieldNames = Object.keys(fields);
  const { unitId, recordType } = await recordHolding(context, { customerId, recordId, fieldNames });
  const values = await context.vault.sealWaiting({ customerId, unitId, waitsIn: requestId, part: WANTED }, { fields });
  return { recordId, unitId, recordType, fieldNames, values };
}

interface Pointed {
  readonly customerId: Uuid;
  readonly recordId: Uuid;
  readonly fieldNames: readonly string[];
}

/** Throws RequestsError `unknown-record`: one answer for what is not there and what the record does not hold, so that whoever guesses learns of neither. */
export async function recordHolding({ vault }: RequestsContext, { customerId, recordId, fieldNames }: Pointed) {
  const [stored] = await vault.loadRecords([customerId], { recordId });
  const held = stored === undefined ? null : packedNames(stored.record.pack);
  if (stored === undefined || held === null || !fieldNames.every((name) => held.has(name)))
    throw new RequestsError("unknown-record");
  return stored.record;
}

/** As many as the row holds; whoever is beyond is named by the last, for a person who reads the accounting. */
const TOLD_MAX = 80;

export async function applyCorrection(context: RequestsContext, row: RequestRow, deed: Deed): Promise<void> {
  const { deeds } = context;
  const at: At = { customerId: row.ownerId, requestId: row.rowId };
  const { proposal, ruleId } = row.content;
  if (proposal === null) throw new RequestsError("proposal-needed");
  if (proposal.waits) return askForChange(context, { at, deed, proposal });
  // Before it is applied: afterwards what is disclosed is right.
  const given = await deeds.givenTo({ ...proposal, customerId: row.ownerId, ruleId });
  const { tells, beside } = whomToTell(context, row, given);
  const along: Along = async (tx, { act, resultId }) => {
    const change = corrected(context, deed, { tells, resultId });
    const written = await changeRow(context, tx, { ...at, act, rows: beside.rows }, change);
    await beside.index(tx);
    return written;
  };
  const came = await deeds.correct({ ...at, proposal }, along);
  if (came !== "done") await goesBack(context, { at, deed, proposal }, AGAINST[came]);
}

/** What a deed of a correction is about. */
export interface Correcting {
  readonly at: At;
  readonly deed: Deed;
  readonly proposal: Proposal;
}

const AGAINST = { changed: "record-changed", gone: "record-gone", "no-contact": "no-contact" } as const;

/** The code goes to the contact as it was before, and the deed waits for what becomes of it (`lookAtChange`). */
async function askForChange(context: RequestsContext, { at, deed, proposal }: Correcting): Promise<void> {
  const along: Along = (tx, { act, resultId, rows }) =>
    changeRow(context, tx, { ...at, act, rows }, overOnce(context, deed, { state: "waits", resultId, fault: null }));
  const came = await context.deeds.askChange({ ...at, proposal }, along);
  if (came !== "asked") await goesBack(context, { at, deed, proposal }, AGAINST[came]);
}

/** A deed for each who is to be told, and the tellings that are written with them. */
export function whomToTell(
  context: RequestsContext,
  { ownerId: customerId, rowId: servesId, content }: RequestRow,
  given: readonly Given[],
): { readonly tells: readonly Deed[]; readonly beside: Beside } {
  const { ruleId, place } = content;
  const tells = tellAll(content, "tell", given, TOLD_MAX);
  const whom = tells.map(({ deedId, recipient }) => ({ tellingId: asId(deedId), recipient }));
  const beside = context.tellings.plan({ customerId, of: "correction", servesId, ruleId, place, whom });
  return { tells, beside };
}

/** The deed done, and one more for each who is to be told. */
export function corrected(
  context: RequestsContext,
  deed: Deed,
  { tells, resultId }: { readonly tells: readonly Deed[]; readonly resultId: Uuid },
): (held: RequestRow) => RequestContent {
  return (held) => {
    const content = { ...held.content, deeds: [...held.content.deeds, ...tells] };
    return overOnce(context, deed, { ...stamped(context), resultId })({ ...held, content });
  };
}

/** To whoever decides, with what stands against it. */
export async function goesBack(
  context: RequestsContext,
  { at, deed, proposal }: Correcting,
  kind: string,
): Promise<void> {
  const obstacles = [{ kind, unitId: proposal.unitId, citation: "-", until: null }];
  const changing = { asker: context.access.system, action: "right.fulfil", ...at, step: "carried-out" } as const;
  const change = { ...stamped(context), state: "forbidden", obstacles } as const;
  const detail = { deed: deed.do, state: kind };
  await changeRequest(context, { ...changing, detail }, overOnce(context, deed, change));
}

/** A deed for each, and one for all that are beyond the list. */
export function tellAll(
  content: RequestContent,
  what: "tell" | "tell-statement",
  given: readonly Given[],
  most: number,
): readonly Deed[] {
  const beyond = given.length > most ? [null] : [];
  return [...given.slice(0, most), ...beyond].map((one) => tellOf(content, what, one));
}

function tellOf(content: RequestContent, what: "tell" | "tell-statement", recipient: Given | null): Deed {
  const to = recipient?.recipientId ?? recipient?.principalId ?? recipient?.type ?? "others";
  return {
    deedId: newId(),
    do: what,
    to,
    round: roundOf(content),
    state: "waits",
    at: null,
    resultId: null,
    heldUntil: null,
    tries: 0,
    fault: null,
    obstacles: [],
    recipient,
    told: null,
  };
}
