// A member of staff, and an invitation, as the interface shows them.
import type { z } from "zod";
import type { invitationMade, staffMember } from "../../../contract/staff.ts";
import type { DescribedPerson, NewInvitation } from "../../signin/signin.ts";

export function staffAnswer(
  shown: Omit<DescribedPerson, "kind" | "customerId" | "groups" | "hasSecret" | "revision" | "act">,
): z.output<typeof staffMember> {
  const { principalId, name, email, role, purposes, rowScope, entities, lines, classCeiling } = shown;
  return {
    staffId: principalId,
    name,
    email,
    role,
    purposes: [...purposes],
    rowScope,
    entities: [...entities],
    lines: [...lines],
    classes: classCeiling === null ? null : [...classCeiling],
    supervisorId: shown.supervisorId,
    status: shown.status,
    expiresAt: shown.expiresAt?.toISOString() ?? null,
  };
}

export function invitationAnswer({ token, link, endsAt }: NewInvitation): z.output<typeof invitationMade> {
  return { token, link, endsAt: endsAt.toISOString() };
}
