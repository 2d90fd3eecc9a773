// The process under load: the real server, and beside it in the same process the baselines that protect less or nothing.
import "../src/v8-settings.ts";
import { randomBytes } from "node:crypto";
import Fastify from "fastify";
import pino from "pino";
import { disclosureRequest } from "../contract/disclosures.ts";
import type { Authenticated } from "../src/access/access.ts";
import { type Employee, employ, type InHand } from "./server-staff.ts";
import { startApp, type App } from "../src/app.ts";
import { parseConfig } from "../src/config.ts";
import { parseId } from "../src/kernel/ids.ts";
import { asCode, type Uuid } from "../src/kernel/bytes.ts";
import { systemClock } from "../src/kernel/clock.ts";
import { newId } from "../src/kernel/ids.ts";
import { named, sql } from "../src/postgres/sql.ts";

const ENTITY = "bench-life";
const CUSTOMERS = 1000;
const CUSTOMERS_A_CALL = 100;
const STAFF = 64;
/** Within a minute nobody looks at so few too fast (governance/watch/rules.yaml). */
const CUSTOMERS_OF_STAFF = 10;

export interface Ready {
  readonly url: string;
  readonly baselineUrl: string;
  readonly token: string;
  readonly feedToken: string;
  readonly customers: readonly { readonly customerId: string; readonly unitId: string }[];
  /** Signed in, each with customers of their own that are none of the others. */
  readonly staff: readonly Employee[];
}

export interface Usage {
  readonly rssBytes: number;
  readonly cpuSeconds: number;
}

const root = new URL("..", import.meta.url).pathname;
const app = await startApp(parseConfig(process.env, root), { log: pino({ level: "error" }), clock: systemClock });
// A bucket's first use makes its key on disk: a server's first minute, not its days.
await app.domains.keys.prepareBuckets();
const clients = await hire(app);
const customers = await fill(app, clients.admin, CUSTOMERS, clients.adjuster.principalId);
const ofStaff = await fill(app, clients.admin, STAFF * CUSTOMERS_OF_STAFF, null);
const staff = await employ(app.domains, clients.admin, {
  entity: ENTITY,
  customers: ofStaff,
  eachHas: CUSTOMERS_OF_STAFF,
});
const baseline = await startBaseline(app);
process.send?.({
  url: app.url,
  baselineUrl: baseline.url,
  token: clients.token,
  feedToken: clients.feedToken,
  customers,
  staff,
} satisfies Ready);
process.on("message", (message) => {
  if (message === "usage") process.send?.(usage());
  else void baseline.close().then(() => app.stop().then(() => process.exit(0)));
});

async function hire({ domains: { access } }: App) {
  const first = await access.bootstrapAdministrator({ name: "bench" });
  const admin = await signedIn(access, first.token);
  const desk = await access.createClient(
    {
      role: "claims-adjuster",
      name: "bench",
      purposes: ["claim-handling"],
      rowScope: "assignments",
      groups: [],
      entities: [ENTITY],
      lines: ["life"],
      classCeiling: null,
      expiresAt: null,
    },
    admin,
  );
  const feed = await access.createClient(
    {
      role: "service-account",
      name: "bench feed",
      purposes: ["administration"],
      rowScope: "none",
      groups: [],
      entities: ["bench-life"],
      lines: ["life", "general"],
      classCeiling: ["identity"],
      expiresAt: null,
    },
    admin,
  );
  return { admin, adjuster: await signedIn(access, desk.token), token: desk.token, feedToken: feed.token };
}

async function signedIn(access: App["domains"]["access"], token: string): Promise<Authenticated> {
  const principal = await access.authenticate(token);
  if (principal === null) throw new Error("the token was refused");
  return principal;
}

async function fill(
  { domains: { vault, access, database } }: App,
  admin: Authenticated,
  count: number,
  assigneeId: Uuid | null,
): Promise<InHand[]> {
  const made: InHand[] = [];
  for (let at = 0; at < count; at += CUSTOMERS_A_CALL) {
    const drafts = Array.from({ length: Math.min(CUSTOMERS_A_CALL, count - at) }, (_, nth) => draft(vault, at + nth));
    await vault.create(
      drafts.map((one) => one.draft),
      { actorId: admin.principalId, actorRevision: null, purpose: null, basis: null },
    );
    const these = drafts.map(({ customerId, unitId }) => ({ customerId, unitId }));
    if (assigneeId !== null) {
      const assigned = { assigneeId, kind: "claim", endsAt: null } as const;
      await access.createAssignments(
        these.map((one) => ({ ...one, ...assigned })),
        admin,
      );
    }
    made.push(...these);
    const ids = drafts.map(({ customerId }) => customerId);
    await database.query(sql`
      insert into bench_plain select id, 'Mara' || n, 'Holloway' || n, '1971-03-09', 'CL-' || n, 'Water came through the ceiling of room ' || n
      from unnest(${ids}::uuid[]) with ordinality as u (id, n)`);
  }
  return made;
}

function draft(vault: App["domains"]["vault"], at: number) {
  const [customerId, unitId] = [newId(), newId()];
  const prepare = (recordType: string, fields: Record<string, string>) => {
    const prepared = vault.prepare({ recordType, fields, context: { country: "US", dateFormat: "yyyy-mm-dd" } });
    if (!prepared.ok) throw new Error("a bench record was refused");
    return { recordId: newId(), record: prepared.record, source: null };
  };
  const place = { entity: ENTITY, brand: ENTITY, line: "life" as const, book: null };
  const person = prepare("person", {
    "first-name": `Mara${at}`,
    "last-name": `Holloway${at}`,
    "birth-date": "1971-03-09",
  });
  const claim = prepare("claim", {
    number: `CL-${at}`,
    narrative: `Water came through the ceiling of room ${at}`,
    status: "in-process",
  });
  return {
    customerId,
    unitId,
    draft: {
      customerId,
      create: { kind: "person" as const },
      sources: [],
      units: [
        {
          unitId: newId(),
          create: {
            kind: "relationship" as const,
            ...place,
          },
          sources: [],
          records: [person],
        },
        {
          unitId,
          create: {
            kind: "claim" as const,
            ...place,
          },
          sources: [],
          records: [claim],
        },
      ],
    },
  };
}

function usage(): Usage {
  const { user, system } = process.cpuUsage();
  return { rssBytes: process.memoryUsage().rss, cpuSeconds: (user + system) / 1e6 };
}

/** The same rows: by primary key without any protection; authenticated and validated; and with pgcrypto and an audit row a read. */
async function startBaseline({ domains: { access, database } }: App) {
  const http = Fastify({ logger: false });
  const key = asCode(randomBytes(16).toString("hex"));
  await database.query(sql`
    insert into bench_pgcrypto select customer_id, pgp_sym_encrypt(first_name, ${key}), pgp_sym_encrypt(last_name, ${key}),
      pgp_sym_encrypt(birth_date, ${key}), pgp_sym_encrypt(claim_number, ${key}), pgp_sym_encrypt(narrative, ${key}) from bench_plain`);
  const plain = (id: Uuid) => named("bench-plain", sql`select * from bench_plain where customer_id = ${id}`);
  const idOf = (body: unknown): Uuid => {
    const given = typeof body === "object" && body !== null && "customerId" in body ? body.customerId : null;
    const id = typeof given === "string" ? parseId(given) : null;
    if (id === null) throw new Error("no customer");
    return id;
  };
  http.post("/plain", async (request) => (await database.query(plain(idOf(request.body))))[0]);
  http.post("/authenticated", async (request, reply) => {
    const principal = await access.authenticate((request.headers.authorization ?? "").slice("Bearer ".length));
    if (principal === null) return reply.code(401).send();
    const asked = disclosureRequest.parse(request.body);
    return (await database.query(plain(idOf(asked))))[0];
  });
  http.post("/pgcrypto", async (request) => {
    const id = idOf(request.body);
    return database.transaction(async (tx) => {
      const [row] = await tx.query(
        named(
          "bench-pgcrypto",
          sql`select pgp_sym_decrypt(first_name, ${key}) as first_name, pgp_sym_decrypt(last_name, ${key}) as last_name,
            pgp_sym_decrypt(birth_date, ${key}) as birth_date, pgp_sym_decrypt(claim_number, ${key}) as claim_number,
            pgp_sym_decrypt(narrative, ${key}) as narrative from bench_pgcrypto where customer_id = ${id}`,
        ),
      );
      await tx.query(
        named("bench-audit", sql`insert into bench_read_audit (at, customer_id, fields) values (now(), ${id}, 5)`),
      );
      return row;
    });
  });
  await http.listen({ host: "127.0.0.1", port: 0 });
  const address = http.server.address();
  if (typeof address !== "object" || address === null) throw new Error("the baseline has no address");
  return { url: `http://127.0.0.1:${address.port}`, close: () => http.close() };
}
