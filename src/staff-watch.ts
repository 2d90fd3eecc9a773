// The watch as the server runs it: tells the log, the metrics and those who review them of alerts, by ids and codes alone.
import { join } from "node:path";
import type { Logger } from "pino";
import type { Config } from "./config.ts";
import type { Domains, Metrics } from "./http/http.ts";
import type { Stack } from "./stack.ts";
import type { StaffMail } from "./staff-mail.ts";
import { openWatch, type WatchDomain } from "./watch/watch.ts";

export interface StaffWatchParts extends Pick<
  Domains,
  "database" | "keys" | "ledger" | "access" | "authority" | "vault" | "clock" | "signIns" | "federated"
> {
  readonly config: Pick<Config, "database" | "governanceFolder">;
  readonly metrics: Metrics;
  readonly staffMail: StaffMail;
  readonly log: Logger;
  readonly opened: Stack;
}

/** Throws WatchError "bad-governance". */
export function openStaffWatch({ config, metrics, staffMail, log, opened, ...domains }: StaffWatchParts): WatchDomain {
  const { database, keys, ledger, access, authority, vault, clock } = domains;
  const watch = openWatch({
    database,
    keys,
    ledger,
    access,
    authority,
    vault,
    clock,
    governanceFolder: join(config.governanceFolder, "watch"),
    // The embedded database has one server process; an outside one may have any number.
    isShared: config.database !== null,
    roleOf: async (principalId) => {
      const principal = await access.reread(principalId);
      return principal?.kind === "staff" ? principal.role : null;
    },
    onAlert: (alert) => {
      metrics.countAlert(alert.rules);
      log.warn({ alert }, "looks at customers that are out of the ordinary");
      // Once an alert: what is added to an open one is seen when it is reviewed.
      const { alertId, principalId: about, isNew } = alert;
      if (isNew) staffMail.tellOverseers(domains, { what: "watch-alert", about, values: { alert: alertId } });
    },
    onFailure: (err) => log.error({ err }, "the watch could not do what it does behind answers"),
  });
  return opened.keep(watch, (each) => each.settled());
}
