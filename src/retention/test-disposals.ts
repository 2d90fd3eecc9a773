// For tests: a server whose clock was years behind while customers were written, and the people who dispose of what fell due since.
import type { Authenticated } from "../access/access.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { Clock } from "../kernel/clock.ts";
import { newId } from "../kernel/ids.ts";
import { startTestServer, type TestClient, type TestServer, type TestServerOptions } from "../test-server.ts";
import type { CustomerDraft, UnitKind } from "../vault/vault.ts";
import type { DisposalFace } from "./disposal-row.ts";

const YEAR_MS = 365.25 * 86_400_000;
const WAIT_MS = 120_000;
const POLL_MS = 50;
/** Who writes nothing of a person. */
const NOBODY = { actorId: null, actorRevision: null, purpose: null, basis: null } as const;

export interface TestClock extends Clock {
  /** How far it is behind the real one. */
  yearsBehind: number;
}

function testClock(yearsBehind: number): TestClock {
  const clock = {
    yearsBehind,
    now: () => new Date(Date.now() - clock.yearsBehind * YEAR_MS),
  };
  return clock;
}

export interface DisposalScene {
  readonly server: TestServer;
  readonly clock: TestClock;
  /** A principal of its own, as of the clock. */
  hire(role: TestClient["role"], purpose: TestClient["purposes"][number]): Promise<Authenticated>;
  hireToken(role: TestClient["role"], purpose: TestClient["purposes"][number]): Promise<string>;
  /** A customer with these units, closed unless said otherwise. */
  somebody(units: readonly Unit[]): Promise<{ readonly customerId: Uuid; readonly units: readonly Uuid[] }>;
  until(disposalId: Uuid, state: DisposalFace["state"]): Promise<DisposalFace>;
}

/** Between two looks of the server at what was asked of it. */
export const EVERY_MS = 250;

interface Unit {
  readonly kind: UnitKind;
  readonly line?: "auto" | "life";
  readonly status?: "open" | "closed";
  /** Types of records with nothing in them but a note. */
  readonly notes?: readonly string[];
}

export async function startDisposalScene(yearsBehind: number, more: TestServerOptions = {}): Promise<DisposalScene> {
  const clock = testClock(yearsBehind);
  const server = await startTestServer({ everyMs: EVERY_MS, ...more, clock });
  const { access, vault, retention } = server.app.domains;
  // Before the administrator's token runs out by the clock that moves on.
  const administrator = await access.authenticate(server.admin.token);
  if (administrator === null) throw new Error("the administrator's token is not good");
  const hireToken: DisposalScene["hireToken"] = async (role, purpose) => {
    const days = Math.min(300, access.roles[role].daysMax);
    const scope =
      role === "compliance" ? ({ rowScope: "everything-masked" } as const) : ({ rowScope: "assignments" } as const);
    const { token } = await access.createClient(
      {
        role,
        purposes: [purpose],
        name: "test client",
        groups: [],
        entities: ["acme"],
        lines: ["life", "auto"],
        classCeiling: null,
        expiresAt: new Date(clock.now().getTime() + days * 86_400_000),
        ...scope,
      },
      administrator,
    );
    return token;
  };
  return {
    server,
    clock,
    hireToken,
    hire: async (role, purpose) => {
      const hired = await access.authenticate(await hireToken(role, purpose));
      if (hired === null) throw new Error("a client just made is not good");
      return hired;
    },
    somebody: async (units) => {
      const customerId = newId();
      const drafts = units.map((unit) => draftOf(vault, unit));
      const draft: CustomerDraft = { customerId, create: { kind: "person" }, sources: [], units: drafts };
      await vault.create([draft], NOBODY);
      return { customerId, units: drafts.map(({ unitId }) => unitId) };
    },
    until: async (disposalId, state) => {
      const since = Date.now();
      for (;;) {
        const face = await retention.disposals.get(disposalId);
        if (face.state === state) return face;
        if (Date.now() - since > WAIT_MS) throw new Error(`the disposal stays ${face.state}`);
        await new Promise((resolve) => setTimeout(resolve, POLL_MS));
      }
    },
  };
}

function draftOf(
  vault: TestServer["app"]["domains"]["vault"],
  { kind, line = "auto", status = "closed", notes = [] }: Unit,
): CustomerDraft["units"][number] {
  const create = { kind, entity: "acme", brand: "acme", line, book: null, status };
  const records = notes.map((recordType) => {
    const fields = FIELDS[recordType];
    if (fields === undefined) throw new Error("a test knows no such record");
    const prepared = vault.prepare({ recordType, fields, context: { country: "US", dateFormat: "yyyy-mm-dd" } });
    if (!prepared.ok) throw new Error("a test record was refused");
    return { recordId: newId(), record: prepared.record, source: null };
  });
  return { unitId: newId(), create, sources: [], records };
}

const FIELDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  claim: { number: "CL-1", narrative: "A branch fell on the roof", status: "in-process" },
  note: { text: "called back" },
  biometric: { modality: "face" },
};
