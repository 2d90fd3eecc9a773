// Opens what reaches others than staff and customers: webhooks.
import { readFile } from "node:fs/promises";
import type { Logger } from "pino";
import type { Access } from "./access/access.ts";
import type { AuthorityRows } from "./authority/authority.ts";
import { type Config, ConfigError } from "./config.ts";
import { type Downstream, openDownstream, SCHEDULE_SECONDS } from "./downstream/downstream.ts";
import type { Grants } from "./grants/grants.ts";
import type { Clock } from "./kernel/clock.ts";
import type { Keys } from "./keys/keys.ts";
import type { Ledger } from "./ledger/ledger.ts";
import type { Database } from "./postgres/database.ts";
import type { Stack } from "./stack.ts";

interface OutwardParts {
  readonly database: Database;
  readonly keys: Keys;
  readonly clock: Clock;
  readonly access: Access;
  readonly authority: AuthorityRows;
  readonly ledger: Ledger;
  readonly grants: Grants;
  readonly log: Logger;
  readonly opened: Stack;
}

export interface Outward {
  readonly downstream: Downstream;
}

const STALL_MS = 15_000;

/** Throws ConfigError where a file that is named cannot be read. */
export async function openOutward({ webhooks }: Config, parts: OutwardParts): Promise<Outward> {
  const downstream = parts.opened.keep(await openWebhooks(webhooks, parts), (each) => each.stop());
  return { downstream };
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
