// A review of access over a whole company: everybody's use read from the ledger, flagged, compared, suggested for, frozen and sealed.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Access, type Authenticated, openAccess } from "../src/access/access.ts";
import { openAuthorityRows } from "../src/authority/authority.ts";
import type { Uuid } from "../src/kernel/bytes.ts";
import { systemClock } from "../src/kernel/clock.ts";
import { newId } from "../src/kernel/ids.ts";
import { openKeys, openLocalKeyring } from "../src/keys/keys.ts";
import { fileSignerMemory, openLedger } from "../src/ledger/ledger.ts";
import { startEmbedded } from "../src/postgres/embedded.ts";
import { openStorage } from "../src/postgres/postgres.ts";
import { openReviews, type Reviews } from "../src/reviews/reviews.ts";
import { disclosureDraft, fillLog } from "./fill-log.ts";
import { step } from "./progress.ts";
import type { Goal } from "./report.ts";

const GOVERNANCE = join(import.meta.dirname, "../governance/access");
const HIRED_AT_ONCE = 16;
/** "Prepares in seconds" (issue 4). */
const SECONDS_MAX = 10;
const DAY_MS = 86_400_000;

interface Company {
  readonly access: Access;
  readonly reviews: Reviews;
  readonly admin: Authenticated;
  readonly officer: Authenticated;
  readonly reviewer: Authenticated;
}

export async function benchReviews(people: number, entries: number): Promise<Goal[]> {
  const folder = await mkdtemp(join(tmpdir(), "uberrima-bench-"));
  const embedded = await startEmbedded({ folder: join(folder, "postgres"), temporary: true });
  const source = { kind: "external", ownerUrl: embedded.ownerUrl, appUrl: embedded.appUrl } as const;
  const storage = await openStorage(source, { connectionsMax: HIRED_AT_ONCE });
  const { database } = storage;
  const { provider, buckets } = await openLocalKeyring({ folder: join(folder, "keys") });
  const keys = await openKeys({ database, provider, buckets, leaseSeconds: 5 });
  const signerMemory = fileSignerMemory(join(folder, "signer"));
  const clock = systemClock;
  const ledger = await openLedger({ database, keys, clock, origin: "bench.example/log", logShard: 0, signerMemory });
  try {
    const parts = { database, keys, ledger, clock, governanceFolder: GOVERNANCE, onAnomaly: forged };
    const access = await openAccess(parts);
    const reviews = openReviews({ ...parts, access, authority: openAuthorityRows(parts), endGrant: async () => false });
    const company = { access, reviews, ...(await oversight(access)) };
    step(`hiring ${people} people`);
    const staff = await hireStaff(company, people);
    step(`writing ${entries} disclosures of theirs`);
    await fillLog({ database, ledger }, { from: 0, to: entries }, (at) =>
      disclosureDraft(staff[at % staff.length]!, newId()),
    );
    return await measure(company, { people, entries });
  } finally {
    keys.close();
    await storage.stop();
    await embedded.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

function forged(): void {
  throw new Error("a row of the bench's own does not verify");
}

async function oversight(access: Access): Promise<Pick<Company, "admin" | "officer" | "reviewer">> {
  const signedIn = async (token: string): Promise<Authenticated> => {
    const principal = await access.authenticate(token);
    if (principal === null) throw new Error("a token just made was refused");
    return principal;
  };
  const admin = await signedIn((await access.bootstrapAdministrator({ name: "bench" })).token);
  const reach = { name: "bench", groups: [], entities: ["acme"], lines: ["life" as const], classCeiling: null };
  const common = { ...reach, expiresAt: null };
  const officer = { ...common, role: "compliance", purposes: ["audit"], rowScope: "everything-masked" } as const;
  const reviewer = { ...common, role: "underwriter", purposes: ["underwriting"], rowScope: "assignments" } as const;
  return {
    admin,
    officer: await signedIn((await access.createClient(officer, admin)).token),
    reviewer: await signedIn((await access.createClient(reviewer, admin)).token),
  };
}

async function hireStaff({ access, admin }: Company, people: number): Promise<Uuid[]> {
  const staff: Uuid[] = [];
  for (let at = 0; at < people; at += HIRED_AT_ONCE) {
    const some = Array.from({ length: Math.min(HIRED_AT_ONCE, people - at) }, (_, nth) =>
      access.createStaff(
        {
          name: `Person ${at + nth}`,
          role: (at + nth) % 2 === 0 ? "claims-adjuster" : "csr",
          purposes: ["claim-handling", "emergency"],
          rowScope: "assignments",
          groups: [],
          entities: ["acme"],
          lines: ["life"],
          classCeiling: null,
          expiresAt: null,
        },
        admin,
      ),
    );
    staff.push(...(await Promise.all(some)));
  }
  return staff;
}

async function measure(
  { reviews, officer, reviewer }: Company,
  { people, entries }: { readonly people: number; readonly entries: number },
): Promise<Goal[]> {
  step("starting a review of everybody");
  const reviewId = await reviews.create(
    {
      name: "bench",
      scope: { subjects: ["staff"], roles: [], entities: [], principals: [] },
      reviewers: [reviewer.principalId],
      escalation: officer.principalId,
      dueAt: new Date(Date.now() + 30 * DAY_MS),
      overdue: "revoke",
    },
    officer,
  );
  const started = await secondsOf(() => reviews.start(reviewId, officer));
  const lines = await reviews.lines(reviewId, officer);
  if (lines.length !== people) throw new Error(`${lines.length} lines on ${people} people`);
  step("deciding, 200 lines at a time, and reading");
  const lineIds = lines.slice(0, 200).map(({ rowId }) => rowId);
  const decided = await secondsOf(() =>
    reviews.decide({ reviewId, lineIds, decision: "approve", reason: "still needed", narrowTo: null }, reviewer),
  );
  const read = await secondsOf(() => reviews.lines(reviewId, officer));
  const over = `${people.toLocaleString("en")} people, ${entries.toLocaleString("en")} entries`;
  return [
    {
      what: `review of access over ${over}: prepared`,
      ratio: started,
      unit: "s",
      atMost: SECONDS_MAX,
      figures: [
        { name: "scope frozen, lines sealed and recorded", value: started, unit: "s" },
        { name: "200 lines decided in one request", value: decided, unit: "s" },
        { name: "all lines read and verified", value: read, unit: "s" },
      ],
    },
  ];
}

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return (performance.now() - from) / 1000;
}
