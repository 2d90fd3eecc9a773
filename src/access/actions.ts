// The closed list of what can be done besides asking for a disclosure, and the shape of the table that says who may.
import { ROLES, type Purpose } from "../kernel/vocabulary.ts";

export const ACTIONS = [
  "client.create",
  "client.change",
  "client.rotate-secret",
  "client.suspend",
  "client.resume",
  "client.revoke",
  "client.list",
  "client.approve",
  "client.add-key",
  "client.remove-key",
  "client.limit",
  "token.issue",
  "token.revoke",
  "finding.list",
  "staff.create",
  "staff.leave",
  "staff.return",
  "person.provision",
  "staff.list",
  "staff.invite",
  "staff.supervisor",
  "invitation.accept",
  "credential.change",
  "reset.request",
  "reset.vouch",
  "reset.approve",
  "reset.cancel",
  "session.start",
  "session.end",
  "session.step-up",
  "customer-sign-in.ask",
  "customer-sign-in.send",
  "customer-sign-in.try",
  "assignment.create",
  "assignment.end",
  "assignment.list",
  "flag.set",
  "flag.end",
  "customer.enrol",
  "customer.create",
  "customer.correct",
  "customer.link",
  "unit.change",
  "match.decide",
  "import.run",
  "import.read",
  "erasure.request",
  "erasure.finish",
  "key.rotate",
  "policy.activate",
  "ledger.read",
  "opening.read",
  "accounting.read",
  "verification.run",
  "alert.raise",
  "alert.list",
  "alert.decide",
  "watch.read",
  "canary.mark",
  "canary.list",
  "catastrophe.request",
  "catastrophe.approve",
  "catastrophe.end",
  "catastrophe.list",
  "staff-profile.set",
  "review.start",
  "review.decide",
  "review.read",
  "review.apply",
] as const;
export type Action = (typeof ACTIONS)[number];

/** Roles as the table names them; `system` is the server itself, which no token stands for. */
export const HOLDERS = [...ROLES, "system"] as const;
export type Holder = (typeof HOLDERS)[number];
/** `any`, or the purposes one of which the client must be registered for. */
export type Right = "any" | readonly Purpose[];

export interface ActionRights {
  readonly why: string;
  readonly roles: Readonly<Partial<Record<Holder, Right>>>;
}
export type AdministrationRights = Readonly<Record<Action, ActionRights>>;
