// A step as the domain takes it: ids that nothing can have are simply not there.
import type { z } from "zod";
import type { ownRightStep, rightStep } from "../../../contract/rights.ts";
import type { OwnStep, Step } from "../../requests/requests.ts";
import { idOf } from "../shell.ts";

export function stepOf(body: z.output<typeof rightStep>): Step {
  switch (body.do) {
    case "assign":
      return { do: "assign", assigneeId: body.assigneeId === null ? null : idOf(body.assigneeId) };
    case "propose":
      return { do: "propose", recordId: idOf(body.recordId), fields: body.fields };
    case "file-statement":
      return { ...body, recordId: idOf(body.recordId) };
    case "finish-task":
      return { do: "finish-task", taskId: idOf(body.taskId) };
    case "mark-duplicate":
      return { do: "mark-duplicate", of: body.of === null ? null : idOf(body.of) };
    default:
      return body;
  }
}

export function ownStepOf(body: z.output<typeof ownRightStep>): OwnStep {
  return body.do === "file-statement" ? { ...body, recordId: idOf(body.recordId) } : body;
}
