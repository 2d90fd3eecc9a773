// A client as the interface shows it.
import type { z } from "zod";
import type { client } from "../../../contract/access.ts";
import type { ClientRequest, Principal } from "../../access/access.ts";

type Shown = Omit<ClientRequest, "groups" | "isPending"> &
  Pick<Principal, "principalId" | "status"> & { readonly hasSecret: boolean };

export function clientAnswer(shown: Shown): z.output<typeof client> {
  const { principalId, name, role, purposes, rowScope, entities, lines, classCeiling, status, hasSecret, expiresAt } =
    shown;
  return {
    clientId: principalId,
    name,
    role,
    purposes: [...purposes],
    rowScope,
    entities: [...entities],
    lines: [...lines],
    classes: classCeiling === null ? null : [...classCeiling],
    status,
    hasSecret,
    expiresAt: expiresAt?.toISOString() ?? null,
  };
}
