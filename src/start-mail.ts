// Opens mail as it is configured: the transport, the templates, and the keys under which letters wait.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Logger } from "pino";
import type { MailSettings } from "./config-mail.ts";
import { type Config, ConfigError, isLoopback } from "./config.ts";
import type { Clock } from "./kernel/clock.ts";
import { type Keys, KeysError, versionOf } from "./keys/keys.ts";
import { folderTransport, loadTemplates, type Mail, type MailKeys, openMail, smtpTransport } from "./mail/mail.ts";
import type { Transport } from "./mail/mail.ts";
import type { Uuid } from "./kernel/bytes.ts";
import type { Database, Querier } from "./postgres/database.ts";
import type { Stack } from "./stack.ts";
import { loadStaffLetters } from "./staff-letters.ts";
import { openStaffMail, type StaffMail } from "./staff-mail.ts";

interface MailParts {
  readonly database: Database;
  readonly keys: Keys;
  readonly clock: Clock;
  readonly log: Logger;
  readonly opened: Stack;
}

export interface StartedMail {
  readonly mail: Mail;
  readonly staffMail: StaffMail;
}

/** Throws ConfigError for files that cannot be read, MailError `bad-governance`. */
export async function startMail(config: Config, parts: MailParts): Promise<StartedMail> {
  const mail = await openConfiguredMail(config, parts);
  const letters = loadStaffLetters(join(config.governanceFolder, "access"));
  const staffMail = openStaffMail({ ...parts, mail: config.mail === null ? null : mail, letters });
  return { mail, staffMail: parts.opened.keep(staffMail, (each) => each.settled()) };
}

async function openConfiguredMail(config: Config, parts: MailParts): Promise<Mail> {
  const { database, keys, clock, log, opened } = parts;
  const transport = config.mail === null ? null : await transportOf(config.mail);
  if (transport !== null) opened.keep(transport, (each) => each.close());
  return openMail({
    database,
    keys: mailKeys(keys),
    clock,
    templates: loadTemplates(join(config.governanceFolder, "templates", "mail")),
    transport,
    textMessageDomain: config.mail?.textMessageDomain ?? null,
    isErased: (customerId) => isErased(keys, database, customerId),
    onGivenUp: (letter) => log.error({ letter }, "a letter was not delivered and is given up"),
  });
}

/** Rows that the application did not write are nobody's leave to write to anybody. */
async function isErased(keys: Pick<Keys, "erasuresOf">, on: Querier, customerId: Uuid): Promise<boolean> {
  try {
    const erasures = await keys.erasuresOf(on, customerId);
    return erasures.some(({ unitId, state }) => unitId === null && state === "final");
  } catch (error) {
    if (error instanceof KeysError && error.code === "forged-erasure") return true;
    throw error;
  }
}

async function transportOf(mail: NonNullable<MailSettings>): Promise<Transport> {
  if (mail.kind === "folder") return folderTransport(mail.folder, mail.from);
  const password = mail.passwordFile === null ? null : await readText(mail.passwordFile, "UBERRIMA_SMTP_PASSWORD_FILE");
  const ca = mail.caFile === null ? null : await readText(mail.caFile, "UBERRIMA_SMTP_CA");
  return smtpTransport({ ...mail, isLoopback: isLoopback(mail.host), password, ca });
}

/** Letters wait for days at most; the key of covers rotates, and what stands under it is asked for before a version goes. */
function mailKeys(keys: Pick<Keys, "sealUnder" | "openUnder">): MailKeys {
  return {
    seal: (plaintext, context) => keys.sealUnder("tokens", plaintext, context),
    open: (sealed, context) => {
      try {
        return keys.openUnder("tokens", sealed, context);
      } catch (error) {
        if (error instanceof KeysError && (error.code === "does-not-open" || error.code === "unknown-version"))
          return null;
        throw error;
      }
    },
    versionOf,
  };
}

async function readText(file: string, setting: string): Promise<string> {
  const text = await readFile(file, "utf8").catch((cause: unknown) => {
    throw new ConfigError(`${setting}: cannot be read`, { cause });
  });
  return text.replace(/\r?\n$/, "");
}
