// A step as the domain takes it: ids that nothing can have are simply not there.
import type { z } from "zod";
import type { statementStep } from "../../../contract/right-deeds.ts";
import type { ownRightDraft, ownRightStep, rightStep } from "../../../contract/rights.ts";
import type { OwnStep, Step } from "../../requests/requests.ts";
import { idOf } from "../shell.ts";

export function stepOf(body: z.output<typeof rightStep>): Step {
  switch (body.do) {
    case "assign":
      return { do: "assign", assigneeId: body.assigneeId === null ? null : idOf(body.assigneeId) };
    case "propose":
      return { do: "propose", recordId: idOf(body.recordId), fields: body.fields };
    case "file-statement":
      return statementOf(body);
    case "withdraw-statement":
      return { do: "withdraw-statement", statementId: idOf(body.statementId) };
    case "finish-task":
      return { do: "finish-task", taskId: idOf(body.taskId) };
    case "mark-duplicate":
      return { do: "mark-duplicate", of: body.of === null ? null : idOf(body.of) };
    default:
      return body;
  }
}

export function correctionOf({ correction }: z.output<typeof ownRightDraft>) {
  return correction === null ? null : { recordId: idOf(correction.recordId), fields: correction.fields };
}

export function ownStepOf(body: z.output<typeof ownRightStep>): OwnStep {
  if (body.do === "withdraw-statement") return { do: body.do, statementId: idOf(body.statementId) };
  return body.do === "file-statement" ? statementOf(body) : body;
}

function statementOf({ recordId, replaces, ...said }: z.output<typeof statementStep>) {
  return { ...said, recordId: idOf(recordId), ...(replaces === undefined ? {} : { replaces: idOf(replaces) }) };
}
