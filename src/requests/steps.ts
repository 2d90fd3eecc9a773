// What is done about a request between its coming in and its decision: assigned, confirmed, asked about, extended, noted, its law chosen again.
import type { AlsoWrite, Authenticated } from "../access/access.ts";
import type { Matter, Place } from "../clocks/clocks.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import { type Changing, changeRequest, findRequest } from "./change-request.ts";
import type { RequestsContext } from "./context.ts";
import { proposer, type Proposing } from "./correct.ts";
import { fileStatement, type Stating, withdrawStatement } from "./dispute.ts";
import { RequestsError } from "./errors.ts";
import { choose, lawOf, linesOf } from "./intake.ts";
import { isOpen, REQUEST, type RequestContent, type RequestRow } from "./request-row.ts";
import { messageOf } from "./say.ts";
import { sealWords } from "./sealing.ts";
import { clockOf, eventsOf } from "./standing.ts";
import { tellByHand, type Telling } from "./told.ts";

export type Step =
  /** After a refusal, for the customer. */
  | ({ readonly do: "file-statement" } & Stating)
  /** It accompanies nothing any more. */
  | { readonly do: "withdraw-statement"; readonly statementId: Uuid }
  | { readonly do: "assign"; readonly assigneeId: Uuid | null }
  /** Receipt was confirmed to the customer. */
  | { readonly do: "acknowledge" }
  /** The customer is asked for something, and the clock stops where the law lets it. */
  | { readonly do: "ask"; readonly words: string }
  /** They answered, by whatever way. */
  | { readonly do: "resume" }
  | { readonly do: "extend"; readonly reason: string }
  | { readonly do: "add-task"; readonly words: string }
  | { readonly do: "finish-task"; readonly taskId: Uuid }
  | { readonly do: "comment"; readonly words: string }
  | { readonly do: "message"; readonly words: string }
  /** Null: it is another request after all. */
  | { readonly do: "mark-duplicate"; readonly of: Uuid | null }
  | { readonly do: "choose-law"; readonly place: Place; readonly about: Matter }
  /** The customer is told, and then the restriction ends. */
  | { readonly do: "lift"; readonly words: string }
  /** What a record is to say instead; whoever proposes it does not decide on it. */
  | ({ readonly do: "propose" } & Proposing)
  /** A recipient was told of a correction, by what. */
  | ({ readonly do: "told" } & Telling)
  /** What failed is tried at once. */
  | { readonly do: "retry" }
  | { readonly do: "close"; readonly as: "done" | "withdrawn" | "duplicate" };

/** To the customer, who is written to that there is something to read. */
const TOLD: ReadonlySet<Step["do"]> = new Set(["ask", "extend", "message", "lift"]);
const TASKS_MAX = 20;
const PAUSES_MAX = 50;

export async function takeStep(
  context: RequestsContext,
  asker: Authenticated,
  { requestId, step, also }: { readonly requestId: Uuid; readonly step: Step; readonly also?: AlsoWrite | undefined },
): Promise<void> {
  const row = await findRequest(context, requestId);
  if (step.do === "file-statement") return fileStatement(context, { asker, also }, row, step);
  if (step.do === "withdraw-statement") return withdrawStatement(context, { asker, also }, row, step.statementId);
  if (step.do === "told") return tellByHand(context, { asker, also }, row, step);
  const at = { customerId: row.ownerId, requestId };
  const said = saidBy(step);
  const message = said === null ? undefined : await messageOf(context, asker, at, said);
  const changing: Changing = {
    asker,
    action: "right.work",
    ...at,
    step: step.do,
    also,
    ...(message === undefined ? {} : { message }),
    ...detailOf(step),
  };
  const make = await makerOf(context, asker, row, step);
  await changeRequest(context, changing, ({ content }) => make(content));
  if (TOLD.has(step.do))
    await context.tell({ customerId: row.ownerId, requestId, place: row.content.place }, "right-news");
}

function saidBy(step: Step): { readonly from: "office" | "comment"; readonly words: string } | null {
  switch (step.do) {
    case "ask":
    case "message":
    case "lift":
      return { from: "office", words: step.words };
    case "extend":
      return { from: "office", words: step.reason };
    case "comment":
      return { from: "comment", words: step.words };
    default:
      return null;
  }
}

/** Ids and codes. */
function detailOf(step: Step): Pick<Changing, "detail"> {
  if (step.do === "assign") return { detail: { assignee: step.assigneeId } };
  if (step.do === "propose") return { detail: { record: step.recordId, fields: Object.keys(step.fields) } };
  return {};
}

type Make = (content: RequestContent) => RequestContent;

/** What needs waiting for is made ready before the row is locked. */
async function makerOf(
  context: RequestsContext,
  asker: Authenticated,
  row: RequestRow,
  step: Exclude<Step, { readonly do: "file-statement" | "withdraw-statement" | "told" }>,
): Promise<Make> {
  const now = context.clock.now();
  const at = now.toISOString();
  switch (step.do) {
    case "assign":
      await requireAssignee(context, step.assigneeId);
      return (content) => begun({ ...open(content), assigneeId: step.assigneeId });
    case "acknowledge":
      return (content) => ({ ...open(content), acknowledgedAt: content.acknowledgedAt ?? at });
    case "ask":
      return (content) => ask(content, at);
    case "resume":
      return (content) => resume(content, at);
    case "extend":
      return extender(context, asker, row, step.reason);
    case "add-task":
      return taskAdder(context, asker, row, step.words);
    case "finish-task":
      return (content) => finishTask(content, { taskId: step.taskId, at, by: asker.principalId });
    case "comment":
    case "message":
      return (content) => begun(content);
    case "mark-duplicate":
      return duplicate(context, row, step.of);
    case "choose-law":
      return lawChooser(context, row, step);
    case "lift":
      return (content) => lift(content, at);
    case "propose":
      return proposer(context, asker, row, step);
    case "retry":
      return retry;
    case "close":
      return (content) => close(content, step.as, at);
  }
}

/** GDPR Art. 18(3): the person is told before it ends, so the message goes out first. */
function lift(content: RequestContent, at: string): RequestContent {
  const isGranted = content.decision !== null && content.decision.outcome !== "refused";
  if (content.flagId === null || !isGranted || content.liftedAt !== null) throw new RequestsError("wrong-state");
  return { ...content, liftedAt: at };
}

function retry(content: RequestContent): RequestContent {
  if (content.state !== "fulfilling") throw new RequestsError("wrong-state");
  const again = content.deeds.map((one) =>
    one.state === "due" && one.fault !== null ? { ...one, heldUntil: null } : one,
  );
  return { ...content, deeds: again };
}

/** Throws RequestsError `unknown-assignee`. */
async function requireAssignee({ access }: RequestsContext, assigneeId: Uuid | null): Promise<void> {
  if (assigneeId === null) return;
  const assignee = await access.reread(assigneeId);
  if (assignee === null || !access.may(assignee, "right.work")) throw new RequestsError("unknown-assignee");
}

function open(content: RequestContent): RequestContent {
  if (!isOpen(content)) throw new RequestsError("wrong-state");
  return content;
}

/** Whoever does something about it has begun. */
function begun(content: RequestContent): RequestContent {
  return content.state === "received" ? { ...content, state: "in-progress" } : content;
}

function ask(content: RequestContent, at: string): RequestContent {
  if (content.state !== "received" && content.state !== "in-progress") throw new RequestsError("wrong-state");
  if (content.pauses.length >= PAUSES_MAX) throw new RequestsError("too-much");
  return { ...content, state: "waiting", pauses: [...content.pauses, { from: at, to: null }] };
}

/** Throws RequestsError `wrong-state` where nothing is waited for. */
export function resume(content: RequestContent, at: string): RequestContent {
  if (content.state !== "waiting") throw new RequestsError("wrong-state");
  return { ...content, state: "in-progress", pauses: content.pauses.map((one) => ({ ...one, to: one.to ?? at })) };
}

async function extender(
  context: RequestsContext,
  asker: Authenticated,
  { ownerId, rowId }: RequestRow,
  words: string,
): Promise<Make> {
  const now = context.clock.now();
  const reason = await sealWords(context, { customerId: ownerId, requestId: rowId, part: "extension" }, words);
  return (content) => {
    const { extension } = clockOf(context.clocks, content, now);
    if (!isOpen(content) || content.state === "appealed" || content.extension !== null || extension === null)
      throw new RequestsError("not-extendable");
    // The customer has to know before the first date (GDPR Art. 12(3); 45 CFR 164.524(b)(2)(iii)).
    if (now >= extension.tellBefore) throw new RequestsError("not-extendable");
    return { ...content, extension: { at: now.toISOString(), by: asker.principalId, reason } };
  };
}

async function taskAdder(
  context: RequestsContext,
  asker: Authenticated,
  { ownerId, rowId }: RequestRow,
  words: string,
): Promise<Make> {
  const taskId = newId();
  const sealed = await sealWords(context, { customerId: ownerId, requestId: rowId, part: `task-${taskId}` }, words);
  const at = context.clock.now().toISOString();
  return (content) => {
    if (content.tasks.length >= TASKS_MAX) throw new RequestsError("too-much");
    const task = { taskId, words: sealed, by: asker.principalId, at, doneAt: null, doneBy: null };
    return begun({ ...open(content), tasks: [...content.tasks, task] });
  };
}

function finishTask(
  content: RequestContent,
  { taskId, at, by }: { readonly taskId: Uuid; readonly at: string; readonly by: Uuid },
): RequestContent {
  if (!content.tasks.some((task) => task.taskId === taskId)) throw new RequestsError("unknown-request");
  const tasks = content.tasks.map((task) =>
    task.taskId === taskId && task.doneAt === null ? { ...task, doneAt: at, doneBy: by } : task,
  );
  return { ...content, tasks };
}

/** Throws RequestsError `unknown-request` for one that is not the same customer's, or is itself a duplicate. */
async function duplicate(context: RequestsContext, { ownerId, rowId }: RequestRow, of: Uuid | null): Promise<Make> {
  if (of !== null) {
    const other = await context.authority.get(context.database, REQUEST, { ownerId, rowId: of });
    if (other === null || of === rowId || other.content.duplicateOf !== null)
      throw new RequestsError("unknown-request");
  }
  return (content) => {
    if (content.decision !== null) throw new RequestsError("wrong-state");
    return { ...open(content), duplicateOf: of };
  };
}

async function lawChooser(
  context: RequestsContext,
  { ownerId }: RequestRow,
  { place, about }: { readonly place: Place; readonly about: Matter },
): Promise<Make> {
  const lines = await linesOf(context, ownerId);
  const now = context.clock.now();
  return (content) => {
    if (content.decision !== null) throw new RequestsError("wrong-state");
    const chosen = choose(context, { kind: content.kind, about, place, lines }, eventsOf(open(content), now));
    return { ...content, place, about, lines, ...lawOf(chosen) };
  };
}

export function close(content: RequestContent, as: "done" | "withdrawn" | "duplicate", at: string): RequestContent {
  const fits =
    as === "done"
      ? content.state === "decided"
      : as === "duplicate"
        ? isOpen(content) && content.duplicateOf !== null
        : isOpen(content) && content.state !== "fulfilling";
  if (!fits) throw new RequestsError("wrong-state");
  const pauses = content.pauses.map((one) => ({ ...one, to: one.to ?? at }));
  return { ...content, state: "closed", pauses, closed: { at, as } };
}
