// What customers do about requests of their own: write, answer, appeal, stand by what was filed for them, withdraw.
import type { AlsoWrite } from "../access/access.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { changeRequest, getRequest } from "./change-request.ts";
import type { Customer, RequestsContext } from "./context.ts";
import { fileStatement, type Stating, withdrawStatement } from "./dispute.ts";
import { RequestsError } from "./errors.ts";
import { confirmOwn } from "./identity.ts";
import type { RequestContent } from "./request-row.ts";
import { messageOf } from "./say.ts";
import { sealWords } from "./sealing.ts";
import { close, resume } from "./steps.ts";

export type OwnStep =
  /** An answer, where something was asked. */
  | { readonly do: "message"; readonly words: string }
  | { readonly do: "appeal"; readonly words: string }
  /** After a correction was refused: what is right, and why. */
  | ({ readonly do: "file-statement" } & Stating)
  | { readonly do: "withdraw-statement"; readonly statementId: Uuid }
  | { readonly do: "confirm" }
  | { readonly do: "withdraw" };

export async function takeOwnStep(
  context: RequestsContext,
  asker: Customer,
  {
    requestId,
    step,
    also,
  }: { readonly requestId: Uuid; readonly step: OwnStep; readonly also?: AlsoWrite | undefined },
): Promise<void> {
  const at = { customerId: asker.customerId, requestId };
  const row = await getRequest(context, at);
  const now = context.clock.now().toISOString();
  const changing = { asker, action: "right.open", ...at, also, isOwn: true } as const;
  switch (step.do) {
    case "confirm":
      return confirmOwn(context, asker, requestId, also);
    case "withdraw":
      return changeRequest(context, { ...changing, step: "withdrawn" }, ({ content }) =>
        close(content, "withdrawn", now),
      );
    case "file-statement":
      return fileStatement(context, { asker, isOwn: true, also }, row, step);
    case "withdraw-statement":
      return withdrawStatement(context, { asker, isOwn: true, also }, row, step.statementId);
    case "message": {
      const message = await messageOf(context, asker, at, { from: "customer", words: step.words });
      return changeRequest(context, { ...changing, step: "message", message }, ({ content }) => {
        if (content.state === "closed") throw new RequestsError("wrong-state");
        return content.state === "waiting" ? resume(content, now) : content;
      });
    }
    case "appeal": {
      const appeal = await appealOf(context, at, { words: step.words, content: row.content });
      return changeRequest(context, { ...changing, step: "appealed" }, ({ content }) => {
        const { state, decision } = content;
        // Once a decision; what stood after an appeal is for the regulator.
        if (state !== "decided" || decision === null || decision.outcome === "fulfilled" || content.appeal !== null)
          throw new RequestsError("wrong-state");
        return { ...content, state: "appealed", appeal };
      });
    }
  }
}

async function appealOf(
  context: RequestsContext,
  at: { readonly customerId: Uuid; readonly requestId: Uuid },
  { words, content }: { readonly words: string; readonly content: RequestContent },
): Promise<NonNullable<RequestContent["appeal"]>> {
  const now = context.clock.now();
  const due = context.clocks.appeal(content.ruleId, content.place, now);
  const sealed = await sealWords(context, { ...at, part: `appeal-${content.earlier.length}` }, words);
  return { at: now.toISOString(), words: sealed, dueOn: due.on, before: due.before.toISOString(), decision: null };
}
