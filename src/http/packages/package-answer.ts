// Packages as the interface asks for them and shows them.
import type { z } from "zod";
import type { packageFace, packagePreviewRequest } from "../../../contract/packages.ts";
import type { PackageQuestion, PackageRow } from "../../packages/packages.ts";
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

export function packageAnswer({ rowId, content }: PackageRow): z.output<typeof packageFace> {
  const { customers, digest: _digest, code: _code, ...face } = content;
  return { packageId: rowId, ...face, customers: customers.length };
}
