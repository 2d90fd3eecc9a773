// What sign-in costs: a session checked, remembered and anew, and the password's hash, in processor time of this process.
import { openAccess } from "../src/access/access.ts";
import { openAuthorityRows } from "../src/authority/authority.ts";
import { join } from "node:path";
import { systemClock } from "../src/kernel/clock.ts";
import { openSignIns } from "../src/signin/signin.ts";
import { openBeside } from "./beside.ts";
import { postgresCpuSeconds } from "./postgres-usage.ts";
import { withProduct } from "./product.ts";
import type { Goal } from "./report.ts";

const GOVERNANCE = join(import.meta.dirname, "../governance/access");
const CHECKS = { remembered: 20_000, fresh: 4800, hashes: 5 };
const TOGETHER = 16;
const SCOPE = {
  rowScope: "assignments",
  groups: [],
  entities: ["bench-life"],
  lines: ["life"],
  classCeiling: null,
} as const;

export function benchSignIn(): Promise<Goal[]> {
  return withProduct(async (product) => {
    const beside = await openBeside(product);
    try {
      return await measureIn(beside);
    } finally {
      await beside.close();
    }
  });
}

async function measureIn(beside: Awaited<ReturnType<typeof openBeside>>): Promise<Goal[]> {
  const storage = { ...beside, clock: systemClock, onAnomaly: () => {} };
  const access = await openAccess({ ...storage, governanceFolder: GOVERNANCE });
  const authority = openAuthorityRows(storage);
  const site = (): URL => new URL("http://localhost");
  const signIns = openSignIns({ ...storage, access, authority, governanceFolder: GOVERNANCE, site });
  const request = {
    name: "bench",
    role: "claims-adjuster",
    purposes: ["claim-handling"],
    ...SCOPE,
    expiresAt: null,
  } as const;
  const principalId = await access.createStaff(request, access.system);
  const how = { methods: ["passkey"], isStrong: true, isPhishingResistant: true, device: "", address: "" } as const;
  const { token } = await signIns.sessions.start({ principalId, ...how, lifetimeSeconds: 3600, idleSeconds: 3600 });
  const remembered = await microseconds(CHECKS.remembered, () => signIns.sessions.authenticate(token));
  const check = (): Promise<unknown> => signIns.sessions.authenticate(token, true);
  const before = await postgresCpuSeconds(beside.database);
  const fresh = await microseconds(CHECKS.fresh, check);
  const after = await postgresCpuSeconds(beside.database);
  // Warmed up as often as measured.
  const ofPostgres = before === null || after === null ? null : ((after - before) * 1e6) / (2 * CHECKS.fresh);
  const together = await microseconds(CHECKS.fresh / TOGETHER, () =>
    Promise.all(Array.from({ length: TOGETHER }, check)),
  );
  const unknown = {
    email: "nobody@insurer.example",
    password: "not-a-password-of-anybody",
    from: { device: "", address: "", deviceToken: null },
  };
  const password = await microseconds(CHECKS.hashes, () => signIns.signInByPassword(unknown).catch(() => null));
  return [
    { what: "a session checked, remembered", ratio: remembered, unit: "µs", atMost: 200 },
    { what: "a session checked, as it stands now", ratio: fresh, unit: "µs", atMost: 200 },
    { what: `the same, ${TOGETHER} at once, each`, ratio: together / TOGETHER, unit: "µs", atMost: 200 },
    ...(ofPostgres === null
      ? []
      : [{ what: "what PostgreSQL does for the one check, beside it", ratio: ofPostgres, unit: "µs" } as const]),
    { what: "a sign-in by password, refused", ratio: password / 1000, unit: "ms" },
  ];
}

/** Of processor time each: on a machine with other work to do, the clock would tell of that. */
async function microseconds(times: number, work: () => Promise<unknown>): Promise<number> {
  // As in a server that has been up for a while, not one whose code is still being compiled.
  const warmUp = times > 100 ? times : 0;
  for (let count = 0; count < warmUp; count += 1) await work();
  const before = process.cpuUsage();
  for (let count = 0; count < times; count += 1) await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / times;
}
