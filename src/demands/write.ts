// How a demand is changed: its row under its own lock, the customers' processes with it where they begin or end, one entry that is withheld.
import type { Action, Actor, AlsoWrite, Authenticated } from "../access/access.ts";
import { putRow, type Row, type RowChange } from "../authority/authority.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import type { Transaction } from "../postgres/database.ts";
import type { DemandsContext } from "./context.ts";
import { DEMAND, type DemandContent, type DemandRow, PROCESS, type ProcessContent, stateOf } from "./demand-row.ts";
import { DemandError } from "./errors.ts";
import { kindOf } from "./checks.ts";
import { customersOf } from "./scope.ts";

export interface Who {
  readonly actor: Authenticated;
  readonly also?: AlsoWrite | undefined;
}

export interface DemandChange {
  readonly demandId: Uuid;
  /** What whoever decides has judged: it stands as it did then, or nothing is changed. As it stands now, when left out. */
  readonly seen?: DemandRow;
  readonly action: Action;
  /** The server tells customers by itself. */
  readonly who: { readonly actor: Actor; readonly also?: AlsoWrite | undefined };
  /** In which it can be done. */
  readonly states: readonly string[];
  readonly said: { readonly [key: string]: string };
  /** What else it puts by the same commit, it puts itself. */
  readonly make: (content: DemandContent, tx: Transaction) => DemandContent | Promise<DemandContent>;
  /** What becomes of the customers' processes. */
  readonly processes?: "begin" | "end" | "retime";
}

/** Throws DemandError `unknown-demand`. */
export async function demandAt({ authority, database }: DemandsContext, demandId: Uuid): Promise<DemandRow> {
  const [row] = await authority.live(database, DEMAND, demandId);
  if (row === undefined) throw new DemandError("unknown-demand");
  return row;
}

/** Throws DemandError `wrong-state` also where somebody else was first. INVARIANT: customers move wherever a process of theirs begins or ends, so that no decision taken before goes out after. */
export async function changeDemand(context: DemandsContext, change: DemandChange): Promise<void> {
  const { access, authority, clock } = context;
  const { demandId, action, who, states, said, make } = change;
  const before = change.seen ?? (await demandAt(context, demandId));
  const customers = customersOf([...before.content.named]);
  const attempt = { kind: "demand", action, ...who, targets: customers, withheld: true } as const;
  await access.write(attempt, async ({ tx, act, moveCustomer }) => {
    const after = await make(before.content, tx);
    const processes = processesAfter(change, after);
    const moved = [];
    if (processes !== "none") for (const id of customers) moved.push(await moveCustomer(id));
    const written = [];
    for (const ownerId of [...(processes === "none" ? [] : customers), demandId].toSorted()) {
      const isDemand = ownerId === demandId;
      const changes = (rows: readonly DemandRow[]): RowChange[] => {
        const row = rows.find(({ rowId }) => rowId === demandId);
        if (row?.revision !== before.revision || !states.includes(stateOf(row, clock.now())))
          throw new DemandError("wrong-state");
        return [putRow(DEMAND, { ...row, content: after })];
      };
      const rows = await authority.change(tx, {
        ownerId,
        act,
        reads: [isDemand ? DEMAND.kind : PROCESS.kind],
        make: (live) =>
          isDemand
            ? changes(live.of(DEMAND, clock.now()))
            : processChanges(
                context,
                { demandId, customerId: ownerId, after, processes },
                live.of(PROCESS, clock.now()),
              ),
      });
      written.push(...rows);
    }
    const detail = { demand: demandId, ...said };
    return { result: null, written: [...moved, ...written], customers, detail, ids: [demandId] };
  });
}

type Fate = "begin" | "end" | "retime" | "none";

function processesAfter({ processes = undefined }: DemandChange, after: DemandContent): Fate {
  if (processes === "begin") return after.untilAt === null ? "none" : "begin";
  return processes ?? "none";
}

interface Ruling {
  readonly demandId: Uuid;
  readonly customerId: Uuid;
  readonly after: DemandContent;
  readonly processes: Fate;
}

function processChanges(
  { rules }: Pick<DemandsContext, "rules">,
  { demandId, customerId, after, processes }: Ruling,
  standing: readonly Row<ProcessContent>[],
): RowChange[] {
  const theirs = standing.filter(({ content }) => content.demandId === demandId);
  if (processes === "retime")
    return theirs.map((row) => putRow(PROCESS, { ...row, content: { ...row.content, ...keptBackBy(after) } }));
  const ended = theirs.map(({ rowId }) => ({ end: rowId }));
  if (processes !== "begin" || after.untilAt === null) return ended;
  const { purposes } = kindOf(rules, after.kind);
  const endsAt = new Date(after.untilAt);
  const begun = after.produced
    .filter((part) => part.customerId === customerId)
    .map(({ classes, unitIds, recordIds }) =>
      putRow(PROCESS, {
        rowId: newId(),
        endsAt,
        content: {
          demandId,
          classes,
          unitIds,
          recordIds,
          recipient: after.recipient,
          purposes: [...purposes],
          psychotherapyNotes: after.checks.some(({ id, answer }) => id === "psychotherapy-notes" && answer === "met"),
          ...keptBackBy(after),
          reviewedBy: after.review?.by ?? null,
          approvedBy: after.approvals.map(({ by }) => by),
        },
      }),
    );
  return [...ended, ...begun];
}

/** The customer is not to learn of it, or not yet. */
function keptBackBy({ notice }: DemandContent): Pick<ProcessContent, "isWithheld" | "withheldUntilAt"> {
  return { isWithheld: notice === null || notice.mode === "delayed", withheldUntilAt: notice?.untilAt ?? null };
}
