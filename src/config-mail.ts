// How letters leave, as settings.
import { resolve } from "node:path";
import { z } from "zod";

/** By SMTP, or into a folder for development. Null: nothing can be sent, and what needs mail says so. */
export type MailSettings =
  | ({ readonly from: string; readonly textMessageDomain: string | null } & (
      | {
          readonly kind: "smtp";
          readonly host: string;
          readonly port: number;
          readonly isTls: boolean;
          readonly user: string | null;
          readonly passwordFile: string | null;
          readonly caFile: string | null;
        }
      | { readonly kind: "folder"; readonly folder: string }
    ))
  | null;

const file = z.string().min(1).optional();
const SMTP_URL = /^smtps?:\/\/(?:[^/:@\s]+@)?[^/:@\s]+(?::\d{1,5})?\/?$/;

export const mailVariables = {
  UBERRIMA_SMTP_URL: z
    .string()
    .regex(
      SMTP_URL,
      "must be smtp:// or smtps://, a user@ or none, a host and a port; a password has a file of its own",
    )
    .optional(),
  UBERRIMA_SMTP_PASSWORD_FILE: file,
  UBERRIMA_SMTP_CA: file,
  UBERRIMA_MAIL_FROM: z.email("must be an address").optional(),
  UBERRIMA_MAIL_FOLDER: file,
  UBERRIMA_TEXT_MESSAGE_DOMAIN: z.hostname("must be a domain").optional(),
};
type Given = z.output<z.ZodObject<typeof mailVariables>>;

const SMTP_PORT = 587;
const SMTPS_PORT = 465;

/** Returns faults beside it, each `VARIABLE: what`. */
export function mailSettings(given: Given): { readonly settings: MailSettings; readonly faults: readonly string[] } {
  const { UBERRIMA_SMTP_URL: url, UBERRIMA_MAIL_FOLDER: folder, UBERRIMA_MAIL_FROM: from } = given;
  const textMessageDomain = given.UBERRIMA_TEXT_MESSAGE_DOMAIN ?? null;
  if (url !== undefined && folder !== undefined)
    return { settings: null, faults: ["UBERRIMA_SMTP_URL and UBERRIMA_MAIL_FOLDER: set one of them"] };
  if (folder !== undefined) {
    const sender = from ?? "uberrima@localhost.invalid";
    return { settings: { kind: "folder", folder: resolve(folder), from: sender, textMessageDomain }, faults: [] };
  }
  if (url === undefined) return { settings: null, faults: [] };
  if (from === undefined) return { settings: null, faults: ["UBERRIMA_MAIL_FROM: is needed with UBERRIMA_SMTP_URL"] };
  return { settings: { ...smtp(given, url), from, textMessageDomain }, faults: [] };
}

function smtp(given: Given, url: string) {
  const { protocol, username, hostname: host, port } = new URL(url);
  const isTls = protocol === "smtps:";
  return {
    kind: "smtp",
    host,
    port: port === "" ? (isTls ? SMTPS_PORT : SMTP_PORT) : Number(port),
    isTls,
    user: username === "" ? null : decodeURIComponent(username),
    passwordFile: given.UBERRIMA_SMTP_PASSWORD_FILE ?? null,
    caFile: given.UBERRIMA_SMTP_CA ?? null,
  } as const;
}
