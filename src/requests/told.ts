// That somebody was told: the deed of the request is done by the commit that says so of the telling, whoever or whatever told them.
import type { Authenticated, AlsoWrite } from "../access/access.ts";
import { putRow } from "../authority/authority.ts";
import { asId } from "../kernel/ids.ts";
import { type Served, TellingsError, type TOLD_BY } from "../tellings/tellings.ts";
import { changeRequest, queue } from "./change-request.ts";
import type { RequestsContext } from "./context.ts";
import type { Deed } from "./deed-row.ts";
import { DeedOver } from "./deeds.ts";
import { RequestsError } from "./errors.ts";
import { overOnce, stamped } from "./over-once.ts";
import { REQUEST, type RequestContent, type RequestRow } from "./request-row.ts";
import { settled } from "./standing.ts";

export interface Telling {
  readonly deedId: string;
  readonly channel: (typeof TOLD_BY)[number];
  /** What proves it: a message's id, a letter's number, a package. `cannot`: why not (GDPR Art. 19, impossible or out of proportion). */
  readonly reference: string;
}

type Told = NonNullable<Deed["told"]>;

/** What follows for the request, for the commit of the telling: nothing where its deed is done already, so that a telling is never held up by it. */
export const besideTelling =
  (context: RequestsContext): Served["beside"] =>
  (live, { of, servesId, tellingId, told: { by, channel, reference } }) => {
    const row = of === "withdrawal" ? null : live.get(REQUEST, asId(servesId), context.clock.now());
    const content = row === null ? null : withTold(context, row, tellingId, { by, channel, reference });
    if (row === null || content === null) return { rows: [], index: async () => {} };
    const now = settled(context.clocks, content, context.clock.now());
    return {
      rows: [putRow(REQUEST, { ...row, content: now })],
      index: (tx) => queue(context, tx, { ...row, content: now, revision: row.revision + 1 }),
    };
  };

/**
 * By a person. Throws RequestsError `unknown-request`, `wrong-state`.
 */
export async function tellByHand(
  context: RequestsContext,
  { asker, also }: { readonly asker: Authenticated; readonly also: AlsoWrite | undefined },
  row: RequestRow,
  { deedId, channel, reference }: Telling,
): Promise<void> {
  if (!tellsOf(row.content).some((one) => one.deedId === deedId)) throw new RequestsError("unknown-request");
  const tellingId = asId(deedId);
  if (await context.tellings.has(tellingId)) {
    const step = { do: "told", channel, reference } as const;
    await context.tellings.step(asker, { tellingId, step }, also).catch(asOurs);
    return;
  }
  // Of before tellings had rows of their own.
  const at = { customerId: row.ownerId, requestId: row.rowId };
  const detail = { deed: deedId, channel };
  const told = { by: asker.principalId, channel, reference };
  await changeRequest(context, { asker, also, action: "right.work", ...at, step: "told", detail }, (held) => {
    const content = withTold(context, held, deedId, told);
    if (content === null) throw new RequestsError("wrong-state");
    return content;
  });
}

function asOurs(error: unknown): never {
  if (error instanceof TellingsError && error.code === "wrong-state") throw new RequestsError("wrong-state");
  throw error;
}

function tellsOf({ deeds, statements }: RequestContent): readonly Deed[] {
  return [...deeds.filter((one) => one.do === "tell"), ...statements.flatMap(({ tells }) => tells)];
}

/** Null where nobody waits to be told by this deed. */
function withTold(context: RequestsContext, row: RequestRow, deedId: string, told: Told): RequestContent | null {
  const { content } = row;
  const deed = tellsOf(content).find((one) => one.deedId === deedId);
  if (deed === undefined || deed.state !== "waits") return null;
  const done = { ...stamped(context), told };
  if (deed.do === "tell-statement") {
    const statements = content.statements.map((one) => ({
      ...one,
      tells: one.tells.map((tells) => (tells.deedId === deedId ? { ...tells, ...done } : tells)),
    }));
    return { ...content, statements };
  }
  try {
    return overOnce(context, deed, done)(row);
  } catch (error) {
    if (error instanceof DeedOver) return null;
    throw error;
  }
}
