// From the body of a disclosure to the gate's question.
import type { z } from "zod";
import type { batchDisclosureRequest, disclosureRequest } from "../../../contract/disclosures.ts";
import type { BatchQuestion, Question, Subject, Terms } from "../../disclosure/disclosure.ts";
import { idOf } from "../shell.ts";

type Single = z.output<typeof disclosureRequest>;
type Batch = z.output<typeof batchDisclosureRequest>;

export function singleQuestion(body: Single): BatchQuestion {
  const { customerId, unitId, recordIds, revision, ...terms } = singleSubject(body);
  return { ...terms, subjects: [{ customerId, unitId, recordIds, revision }] };
}

export function singleSubject(body: Single): Question {
  const recordIds = body.recordIds === undefined ? null : new Set(body.recordIds.map(idOf));
  return { ...termsOf(body), ...subjectOf(body), recordIds, revision: body.revision };
}

export function batchQuestion(body: Batch): BatchQuestion {
  return { ...termsOf(body), subjects: body.customers.map(subjectOf) };
}

function termsOf({ purpose, basis, fields, form, as, recipient, justification }: Single | Batch): Terms {
  return {
    purpose,
    basis,
    fields: fields ?? null,
    form,
    as: as === undefined ? undefined : idOf(as),
    recipient:
      recipient === undefined
        ? null
        : {
            type: recipient.type,
            recipientId: recipient.recipientId === undefined ? null : idOf(recipient.recipientId),
          },
    justification: justification ?? null,
  };
}

function subjectOf(subject: Pick<Single, "customerId" | "workContext">): Subject {
  const { customerId, workContext } = subject;
  return {
    customerId: idOf(customerId),
    unitId: workContext === undefined ? null : idOf(workContext.unitId),
    recordIds: null,
  };
}
