// A correction: proposed, sealed until it is decided on; applied, and from then on a deed for everybody who was given what was wrong.
import { z } from "zod";
import type { Authenticated } from "../access/access.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import { packedNames } from "../vault/vault.ts";
import { type At, changeRequest, changeRow } from "./change-request.ts";
import type { RequestsContext } from "./context.ts";
import { type Deed, roundOf, type TOLD_BY } from "./deed-row.ts";
import type { Along, Given } from "./deeds.ts";
import { RequestsError } from "./errors.ts";
import { overOnce, stamped } from "./over-once.ts";
import type { Proposal, RequestContent, RequestRow } from "./request-row.ts";

export interface Proposing {
  readonly recordId: Uuid;
  /** By the record's own field names; an empty value takes a field away. */
  readonly fields: Readonly<Record<string, string>>;
}

export const PROPOSAL = "proposal";
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
  const along: Along = (tx, { act, resultId }) =>
    changeRow(context, tx, { ...at, act }, corrected(context, deed, { given, resultId }));
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

/** The deed done, and one more for each who is to be told. */
export function corrected(
  context: RequestsContext,
  deed: Deed,
  { given, resultId }: { readonly given: readonly Given[]; readonly resultId: Uuid },
): (held: RequestRow) => RequestContent {
  return (held) => {
    const tells = given.slice(0, TOLD_MAX).map((one) => tellOf(held.content, "tell", one));
    const beyond = given.length > TOLD_MAX ? [tellOf(held.content, "tell", null)] : [];
    const content = { ...held.content, deeds: [...held.content.deeds, ...tells, ...beyond] };
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

/** Null stands for those beyond the list. */
export function tellOf(content: RequestContent, what: "tell" | "tell-statement", recipient: Given | null): Deed {
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

export interface Telling {
  readonly deedId: string;
  readonly channel: (typeof TOLD_BY)[number];
  /** What proves it: a message's id, a letter's number, a package. `cannot`: why not (GDPR Art. 19, impossible or out of proportion). */
  readonly reference: string;
}

/** Throws RequestsError `unknown-request`, `wrong-state`. */
export function tell(context: RequestsContext, asker: Authenticated, { deedId, channel, reference }: Telling) {
  return (row: RequestRow): RequestContent => {
    const told = { by: asker.principalId, channel, reference };
    const ofStatement = toldOfStatement(row.content, deedId, { ...stamped(context), told });
    if (ofStatement !== null) return ofStatement;
    const deed = row.content.deeds.find((one) => one.deedId === deedId && one.do === "tell");
    if (deed === undefined) throw new RequestsError("unknown-request");
    if (deed.state !== "waits" || row.content.state !== "fulfilling") throw new RequestsError("wrong-state");
    return overOnce(context, deed, { ...stamped(context), told })(row);
  };
}

/** Null where it is no deed of a statement. Throws RequestsError `wrong-state` for one that is done. */
function toldOfStatement(content: RequestContent, deedId: string, done: Partial<Deed>): RequestContent | null {
  const found = content.statements.flatMap(({ tells }) => tells).find((one) => one.deedId === deedId);
  if (found === undefined) return null;
  if (found.state !== "waits") throw new RequestsError("wrong-state");
  const statements = content.statements.map((one) => ({
    ...one,
    tells: one.tells.map((tells) => (tells.deedId === deedId ? { ...tells, ...done } : tells)),
  }));
  return { ...content, statements };
}
