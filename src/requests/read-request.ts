// A request with all that was written about it, opened in the reader's name, and its clock step by step.
import type { Authenticated } from "../access/access.ts";
import { type Clock as LawClock, daysLeft, type RightsRule } from "../clocks/clocks.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { Customer, RequestsContext, VerifiedCall } from "./context.ts";
import { changeValues, PROPOSAL, WANTED } from "./correct.ts";
import { groundsOf } from "./decide.ts";
import {
  faceOf,
  MESSAGE,
  type MessageRow,
  type RequestFace,
  type RequestRow,
  type SealedWords,
} from "./request-row.ts";
import { type Opened, openWords } from "./sealing.ts";
import { statementPart } from "./statement-row.ts";
import { clockOf } from "./standing.ts";

export interface ReadMessage {
  readonly messageId: Uuid;
  readonly at: string;
  readonly by: string;
  readonly from: "customer" | "office" | "comment";
  readonly words: string | null;
}

export interface ReadRequest extends RequestFace {
  readonly row: RequestRow;
  readonly clock: LawClock;
  readonly daysLeft: number;
  /** The governing one; undefined where it has gone since. */
  readonly rule: RightsRule | undefined;
  /** Codes by which it may be refused. */
  readonly grounds: readonly string[];
  readonly words: string | null;
  readonly messages: readonly ReadMessage[];
  readonly tasks: readonly { readonly taskId: string; readonly words: string | null; readonly doneAt: string | null }[];
  /** What a record would say, by its fields; null where it was left, or there is none. */
  readonly proposed: Readonly<Record<string, string>> | null;
  /** What the customer says that it should, likewise. */
  readonly wanted: Readonly<Record<string, string>> | null;
  /** By its id; null where words were left, or went with an erasure. */
  readonly statementWords: ReadonlyMap<string, string | null>;
  /** By which identity can be shown now; none for whom it is shown already, nor for the customer's own reading. */
  readonly calls: readonly VerifiedCall[];
  readonly extensionReason: string | null;
  readonly decisionReason: string | null;
  readonly appealWords: string | null;
  readonly appealReason: string | null;
}

/** Customers do not see what is said among those who work on it. */
export async function readRequest(
  context: RequestsContext,
  asker: Authenticated | Customer,
  row: RequestRow,
  words: "opened" | "left",
): Promise<ReadRequest> {
  const { authority, clock, clocks, database } = context;
  const { content, ownerId, rowId } = row;
  const isOwn = asker.customerId === ownerId;
  const messages = (await authority.live(database, MESSAGE, ownerId)).filter(
    (each) => each.content.requestId === rowId && (!isOwn || each.content.from !== "comment"),
  );
  const parts = words === "left" ? new Map<string, SealedWords>() : partsOf(row, messages, isOwn);
  const opened = await openWords(context, asker, { customerId: ownerId, requestId: rowId }, parts);
  const counted = clockOf(clocks, content, clock.now());
  const round = content.earlier.length - (content.appeal?.decision?.outcome === "overturned" ? 1 : 0);
  return {
    ...faceOf(row),
    row,
    clock: counted,
    daysLeft: daysLeft({ due: { ...counted.due, on: content.due.on }, zone: counted.zone }, clock.now()),
    rule: clocks.rule(content.ruleId),
    grounds: groundsOf(context, content),
    words: opened("words"),
    messages: messages.map((each) => messageOf(each, opened)),
    tasks: isOwn
      ? []
      : content.tasks.map(({ taskId, doneAt }) => ({ taskId, doneAt, words: opened(`task-${taskId}`) })),
    proposed: valuesIn(opened(PROPOSAL)),
    wanted: valuesIn(opened(WANTED)),
    statementWords: new Map(content.statements.map(({ statementId: each }) => [each, opened(statementPart(each))])),
    calls: isOwn || content.identity.status !== "unverified" ? [] : await context.calls.verified(ownerId),
    extensionReason: opened("extension"),
    decisionReason: opened(`decision-${content.earlier.length}`),
    appealWords: opened(`appeal-${round}`),
    appealReason: opened(`appeal-decision-${round}`),
  };
}

function valuesIn(text: string | null): ReadRequest["proposed"] {
  return text === null ? null : changeValues.parse(JSON.parse(text)).fields;
}

function messageOf({ rowId, content }: MessageRow, opened: Opened): ReadMessage {
  const { at, by, from } = content;
  return { messageId: rowId, at, by, from, words: opened(`message-${rowId}`) };
}

function partsOf(
  { content }: RequestRow,
  messages: readonly MessageRow[],
  isOwn: boolean,
): ReadonlyMap<string, SealedWords> {
  const { words, tasks, extension, decision, earlier, appeal, wanted, proposal, statements } = content;
  const round = earlier.length - (appeal?.decision?.outcome === "overturned" ? 1 : 0);
  const parts: (readonly [string, SealedWords | null | undefined])[] = [
    ["words", words],
    [WANTED, wanted === null ? null : { unitId: wanted.unitId, value: wanted.values }],
    ...messages.map((each) => [`message-${each.rowId}`, each.content.words] as const),
    ...(isOwn ? [] : tasks.map((task) => [`task-${task.taskId}`, task.words] as const)),
    // For those who decide; the customer reads what came of it in the file.
    [PROPOSAL, proposal === null || isOwn ? null : { unitId: proposal.unitId, value: proposal.values }],
    ...statements.map(
      ({ statementId, unitId, words: value }) => [statementPart(statementId), { unitId, value }] as const,
    ),
    ["extension", extension?.reason],
    [`decision-${earlier.length}`, decision?.reason],
    [`appeal-${round}`, appeal?.words],
    [`appeal-decision-${round}`, appeal?.decision?.reason],
  ];
  return new Map(parts.flatMap(([part, sealed]) => (sealed == null ? [] : [[part, sealed] as const])));
}
