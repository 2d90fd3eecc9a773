// Packages as the interface asks for them and shows them.
import type { z } from "zod";
import type { flowRunRequest, packageFace, packagePreviewRequest } from "../../../contract/packages.ts";
import type { FlowRun, PackageQuestion, PackageRow } from "../../packages/packages.ts";
import { idOf } from "../shell.ts";

export function questionOf(body: z.output<typeof packagePreviewRequest>): PackageQuestion {
  const { recipientId, purpose, basis, wanted, customers, justification, as } = body;
  return {
    recipientId: idOf(recipientId),
    purpose,
    basis,
    wanted,
    subjects: subjectsOf(customers),
    justification: justification ?? null,
    as: as === undefined ? undefined : idOf(as),
  };
}

export function subjectsOf(
  customers: z.output<typeof packagePreviewRequest>["customers"],
): PackageQuestion["subjects"] {
  return customers.map(({ customerId, workContext }) => ({
    customerId: idOf(customerId),
    unitId: workContext === undefined ? null : idOf(workContext.unitId),
    recordIds: null,
  }));
}

export function attestedOf(attested: z.output<typeof flowRunRequest>["attested"]): FlowRun["attested"] {
  return attested.map(({ attest, reference = null, documents }) => ({
    attest,
    reference,
    documents: documents.map(({ customerId, recordId }) => ({
      customerId: idOf(customerId),
      recordId: idOf(recordId),
    })),
  }));
}

export function packageAnswer({ rowId, content }: PackageRow): z.output<typeof packageFace> {
  const {
    customers,
    units: _units,
    digest: _digest,
    code: _code,
    openUnits: _open,
    grounds: _grounds,
    ...face
  } = content;
  return { packageId: rowId, ...face, checks: face.checks.map((check) => ({ ...check })), customers: customers.length };
}
