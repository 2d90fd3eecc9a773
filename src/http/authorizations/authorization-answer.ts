// Authorizations and their forms as the interface takes and shows them.
import type { z } from "zod";
import type {
  authorization,
  authorizationDraft,
  authorizationForm,
  authorizationRequest,
  ownAuthorization,
} from "../../../contract/authorizations.ts";
import type {
  AuthorizationForm,
  AuthorizationRow,
  AuthorizationTerms,
  AuthorizationUse,
  Evidence,
} from "../../authorizations/authorizations.ts";
import { stateOf } from "../../authorizations/authorizations.ts";
import type { Uuid } from "../../kernel/bytes.ts";
import { HttpError } from "../errors.ts";
import { idOf, type Shell } from "../shell.ts";

type Draft = Omit<z.output<typeof authorizationRequest>, "narrowing"> &
  Partial<Pick<z.output<typeof authorizationRequest>, "narrowing">>;
type Signed = NonNullable<z.output<typeof authorizationDraft>["signed"]>;

export function termsOf({ narrowing, ...body }: Draft): AuthorizationTerms {
  const { form, classes, purposes, recipients, unitIds, recordIds, startsAt, expiresAt } = body;
  return {
    form,
    classes,
    purposes,
    recipients: recipients.map(({ type, recipientId }) => ({
      type,
      recipientId: recipientId === undefined ? null : idOf(recipientId),
    })),
    unitIds: unitIds?.map(idOf) ?? null,
    recordIds: recordIds?.map(idOf) ?? null,
    narrowing: narrowing ?? null,
    startsAt: startsAt === undefined ? null : new Date(startsAt),
    expiresAt: expiresAt === undefined ? null : new Date(expiresAt),
  };
}

export function evidenceOf({ documentId, representationId, signedAt, elements }: Signed): Evidence {
  return {
    documentId: idOf(documentId),
    representationId: representationId === undefined ? null : idOf(representationId),
    signedAt: new Date(signedAt),
    elements,
  };
}

export function formAnswer({ elements, ...form }: AuthorizationForm): z.output<typeof authorizationForm> {
  const { purposes, classes, recipients } = form;
  return {
    ...form,
    purposes: copied(purposes),
    classes: copied(classes),
    recipients: copied(recipients),
    elements: elements.map(({ id, citation, is = null, text }) => ({ id, citation, found: is, text })),
  };
}

const copied = <Item>(items: readonly Item[] | null): Item[] | null => (items === null ? null : [...items]);

/** What customers and staff both see. */
export function faceOf(
  row: AuthorizationRow,
  use: AuthorizationUse | undefined,
  now: Date,
): z.output<typeof ownAuthorization> {
  const { content } = row;
  const { form, classes, recipients, purposes, unitIds, recordIds, startsAt, expiresAt, given } = content;
  return {
    authorizationId: row.rowId,
    form,
    state: stateOf(row, now),
    classes,
    recipients,
    purposes,
    unitIds,
    recordIds,
    isNarrowed: content.narrowing !== null,
    startsAt,
    expiresAt,
    askedAt: content.askedAt,
    signedAt: given?.signedAt ?? null,
    refusedAt: content.refusedAt,
    withdrawnAt: content.withdrawn?.at ?? null,
    renews: content.renews,
    renewedBy: content.renewedBy,
    signer: given?.signer ?? null,
    documentId: given?.documentId ?? null,
    lastUse: use === undefined ? null : { ...use, at: use.at.toISOString() },
  };
}

export function authorizationAnswer(
  row: AuthorizationRow,
  use: AuthorizationUse | undefined,
  now: Date,
): z.output<typeof authorization> {
  const { askedBy, given, withdrawn } = row.content;
  return {
    ...faceOf(row, use, now),
    askedBy,
    recordedBy: given?.recordedBy ?? null,
    withdrawnBy: withdrawn?.by ?? null,
    representationId: given?.representationId ?? null,
  };
}

/** Throws HttpError `not-found`. */
export async function answerOf(
  { authorizations, clock }: Pick<Shell, "authorizations" | "clock">,
  customerId: Uuid,
  authorizationId: Uuid | undefined,
): Promise<z.output<typeof authorization>> {
  const row = (await authorizations.list(customerId)).find(({ rowId }) => rowId === authorizationId);
  if (row === undefined) throw new HttpError("not-found");
  return authorizationAnswer(row, undefined, clock.now());
}
