// A client as the interface shows it.
import type { z } from "zod";
import type { client } from "../../../contract/access.ts";
import type { ClientRequest, Principal } from "../../access/access.ts";

type Shown = Omit<ClientRequest, "groups"> & Pick<Principal, "principalId" | "status">;

export function clientAnswer(shown: Shown): z.output<typeof client> {
  const { principalId, name, role, purposes, rowScope, entities, lines, classCeiling, status, expiresAt } = shown;
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
    expiresAt: expiresAt?.toISOString() ?? null,
  };
}
