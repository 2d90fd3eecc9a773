// A client's keys, certificates and terms as the interface shows them, and those it is given.
import type { z } from "zod";
import type { clientKeys, credential, proofs, terms } from "../../../contract/systems.ts";
import type { Uuid } from "../../kernel/bytes.ts";
import {
  parseKeys,
  registerCertificate,
  registerName,
  type Credential,
  type Proof,
  type Row,
  type Terms,
} from "../../systems/systems.ts";
import type { Shell } from "../shell.ts";

export async function keysAnswer({ systems }: Shell, clientId: Uuid): Promise<z.output<typeof clientKeys>> {
  const file = await systems.fileOf(clientId);
  return {
    items: file.credentials.map(credentialAnswer),
    terms: termsAnswer(file.terms),
    waiting: file.waitingTerms === null ? null : termsAnswer(file.waitingTerms),
    ceilings: systems.ceilingsOf(file),
  };
}

export function termsAnswer({ ceilings, assignmentKinds, actsFor }: Terms): z.output<typeof terms> {
  return { ceilings, assignmentKinds: assignmentKinds === null ? null : [...assignmentKinds], actsFor };
}

function credentialAnswer({ rowId, endsAt, content }: Row<Credential>): z.output<typeof credential> {
  const { proof, addedAt, needsApproval, approvedBy } = content;
  return {
    keyId: rowId,
    kid: null,
    algorithm: null,
    thumbprint: null,
    name: null,
    addedAt,
    endsAt: endsAt?.toISOString() ?? null,
    awaitsApproval: needsApproval && approvedBy === null,
    ...proofAnswer(proof),
  };
}

function proofAnswer(proof: Proof): Pick<z.output<typeof credential>, "type"> & Partial<z.output<typeof credential>> {
  if (proof.type === "key") return { type: "key", kid: proof.key.keyId, algorithm: proof.key.algorithm };
  const { certificate } = proof;
  if (certificate.by === "name") return { type: "certificate-name", name: certificate.name };
  return { type: "certificate", thumbprint: certificate.thumbprint };
}

/** Throws SystemsError `bad-keys`, `bad-certificate`. */
export function proofsOf(given: z.output<typeof proofs>, now: Date): Proof[] {
  const { jwks, certificate, certificateName } = given;
  return [
    ...(jwks === undefined ? [] : parseKeys(jwks).map((key): Proof => ({ type: "key", key }))),
    ...(certificate === undefined
      ? []
      : [{ type: "certificate", certificate: registerCertificate(certificate, now) } as const]),
    ...(certificateName === undefined
      ? []
      : [{ type: "certificate", certificate: registerName(certificateName) } as const]),
  ];
}
