// The demo's way into the pages: people who are invited, one of them with claims in hand, on the data that the story has sealed.
import { note, say, scene } from "./narrator.ts";
import type { Cast } from "./scenes.ts";
import type { Stage } from "./stage.ts";

const CLAIMS = 12;
const LINES = ["life", "health", "auto", "property", "general"] as const;
const PLACE = { entities: ["sample-mutual"], lines: [...LINES] };

/** Each link is good once; whoever opens it chooses a password and a second factor of their own. */
export async function inviteToTheConsole(stage: Stage, cast: Cast): Promise<void> {
  scene("The console is open: three invitations, to be opened in three different browsers or private windows");
  const adjuster = await stage.admin.api.staff.create({
    ...PLACE,
    name: "Claims adjuster of the demo",
    email: "adjuster@demo.example",
    role: "claims-adjuster",
    purposes: ["claim-handling"],
    rowScope: "assignments",
  });
  for (const { customer_id: customerId, unit_id: unitId } of await openClaims(stage)) {
    const given = { customerId, unitId, clientId: adjuster.staff.staffId, kind: "claim" as const };
    await cast.claimsSystem.api.assignments.create(given);
  }
  const compliance = await stage.admin.api.staff.create({
    ...PLACE,
    name: "Compliance of the demo",
    email: "compliance@demo.example",
    role: "compliance",
    purposes: ["audit", "complaint"],
    rowScope: "everything-masked",
  });
  const administrator = await stage.admin.api.staff.create({
    ...PLACE,
    name: "Access administrator of the demo",
    email: "access@demo.example",
    role: "access-admin",
    purposes: ["administration"],
    rowScope: "none",
  });
  say(`a claims adjuster with ${CLAIMS} claims in hand:`);
  say(`  ${adjuster.invitation?.link}`);
  say(`compliance, who reads ledger, alerts and pictures:`);
  say(`  ${compliance.invitation?.link}`);
  say(`an access administrator, who reads nobody's data:`);
  say(`  ${administrator.invitation?.link}`);
  note("A second factor is wanted: an authenticator app, or the passkey of this device.");
}

interface Claim {
  readonly customer_id: string;
  readonly unit_id: string;
}

/** As the database's operator sees them: which claims there are, and nothing of what they say. */
async function openClaims({ operator }: Stage): Promise<readonly Claim[]> {
  const found = await operator.query<Claim>(
    `select u.customer_id, u.unit_id from retention_unit u
     where u.kind = 'claim' and u.status = 'open'
       and exists (select from unit_key k where k.customer_id = u.customer_id and k.unit_id = u.unit_id)
     order by u.customer_id limit $1`,
    [CLAIMS],
  );
  return found.rows;
}
