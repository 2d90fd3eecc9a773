// Staff of the server under load: each signed in, each with customers of their own assigned, so few that the watch finds nothing odd.
import type { Authenticated } from "../src/access/access.ts";
import type { App } from "../src/app.ts";
import type { Uuid } from "../src/kernel/bytes.ts";

/** Customers and the unit of each that is in hand. */
export interface InHand {
  readonly customerId: Uuid;
  readonly unitId: Uuid;
}

export interface Employee {
  readonly principalId: Uuid;
  /** Of a session. */
  readonly token: string;
  readonly customers: readonly InHand[];
}

const SESSION_SECONDS = 8 * 3600;

export async function employ(
  { access, signIns }: Pick<App["domains"], "access" | "signIns">,
  admin: Authenticated,
  {
    entity,
    customers,
    eachHas,
  }: { readonly entity: string; readonly customers: readonly InHand[]; readonly eachHas: number },
): Promise<Employee[]> {
  const staff: Employee[] = [];
  for (let at = 0; at + eachHas <= customers.length; at += eachHas) {
    const own = customers.slice(at, at + eachHas);
    const principalId = await access.createStaff(
      {
        name: `adjuster ${at}`,
        role: "claims-adjuster",
        purposes: ["claim-handling"],
        rowScope: "assignments",
        groups: [],
        entities: [entity],
        lines: ["life"],
        classCeiling: null,
        expiresAt: null,
      },
      access.system,
    );
    await access.createAssignments(
      own.map(({ customerId, unitId }) => ({
        customerId,
        unitId,
        assigneeId: principalId,
        kind: "claim",
        endsAt: null,
      })),
      admin,
    );
    const { token } = await signIns.sessions.start({
      principalId,
      methods: ["passkey"],
      isStrong: true,
      isPhishingResistant: true,
      lifetimeSeconds: SESSION_SECONDS,
      idleSeconds: SESSION_SECONDS,
      device: "",
      address: "",
    });
    staff.push({ principalId, token, customers: own });
  }
  return staff;
}
