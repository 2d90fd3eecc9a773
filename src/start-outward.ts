// Opens what reaches others than staff and customers, and what is asked besides: webhooks, the ethics desk, the confidential channel, calendars.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Logger } from "pino";
import type { Access } from "./access/access.ts";
import type { AuthorityRows } from "./authority/authority.ts";
import { type Calendar, openCalendar } from "./calendar/calendar.ts";
import { type Config, ConfigError } from "./config.ts";
import { type Downstream, openDownstream, SCHEDULE_SECONDS } from "./downstream/downstream.ts";
import type { Gate } from "./disclosure/disclosure.ts";
import { duesOf } from "./dues.ts";
import { type Ethics, loadGuidance, openEthics } from "./ethics/ethics.ts";
import type { Grants } from "./grants/grants.ts";
import type { Clock } from "./kernel/clock.ts";
import type { Keys } from "./keys/keys.ts";
import type { Ledger } from "./ledger/ledger.ts";
import type { Database } from "./postgres/database.ts";
import { openReports, type Reports } from "./reports/reports.ts";
import type { Stack } from "./stack.ts";
import type { Vault } from "./vault/vault.ts";
import { openWork, type Work } from "./work/work.ts";

type OutwardParts = Omit<Parameters<typeof openWork>[0], "ethics"> & {
  readonly database: Database;
  readonly keys: Keys;
  readonly clock: Clock;
  readonly access: Access;
  readonly authority: AuthorityRows;
  readonly ledger: Ledger;
  readonly grants: Grants;
  readonly vault: Vault;
  readonly gate: Gate;
  readonly log: Logger;
  readonly opened: Stack;
};

export interface Outward {
  readonly downstream: Downstream;
  readonly ethics: Ethics;
  readonly reports: Reports;
  readonly calendar: Calendar;
  readonly work: Work;
}

const STALL_MS = 15_000;

/** Throws ConfigError where a file that is named cannot be read. */
export async function openOutward(config: Config, parts: OutwardParts): Promise<Outward> {
  const downstream = parts.opened.keep(await openWebhooks(config.webhooks, parts), (each) => each.stop());
  const { areTied } = parts.grants;
  const guidance = loadGuidance(join(config.governanceFolder, "ethics"));
  const ethics = openEthics({ ...parts, guidance, areTied });
  const reports = openReports({ ...parts, areTied });
  const work = openWork({ ...parts, ethics });
  const calendar = openCalendar({ ...parts, duesOf: duesOf({ ...parts, reports, work }) });
  return { downstream, ethics, reports, work, calendar };
}

async function openWebhooks(
  { caFile, isPrivateAllowed }: Config["webhooks"],
  { log, grants, ...parts }: OutwardParts,
): Promise<Downstream> {
  const ca = caFile === null ? null : await readAuthorities(caFile);
  return openDownstream({
    ...parts,
    areOnePerson: grants.areOnePerson,
    settings: { ca, isPrivateAllowed, stallMs: STALL_MS, scheduleSeconds: SCHEDULE_SECONDS },
    onFailure: (err) => log.warn({ err }, "webhooks: something failed and will be tried again"),
  });
}

async function readAuthorities(path: string): Promise<string> {
  return readFile(path, "utf8").catch((cause: unknown) => {
    throw new ConfigError("UBERRIMA_WEBHOOKS_CA: cannot be read", { cause });
  });
}
