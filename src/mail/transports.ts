// How letters leave: over SMTP with TLS, or into a folder for development.
import { mkdirSync } from "node:fs";
import { open, rename } from "node:fs/promises";
import { join } from "node:path";
import type { SendMailOptions } from "nodemailer";
import { type Message, SendFailure, type Transport } from "./letter.ts";

export interface SmtpSettings {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte; else STARTTLS, which is required unless `isLoopback`. */
  readonly isTls: boolean;
  readonly isLoopback: boolean;
  readonly user: string | null;
  readonly password: string | null;
  /** PEM of the authority to trust; null for the system's. */
  readonly ca: string | null;
  readonly from: string;
}

/** Loaded with the first letter: most processes of a server write none. */
const nodemailer = () => import("nodemailer");

const TIMEOUT_MS = 20_000;
/** RFC 5321 4.2.1: 5yz is for good. */
const PERMANENT = 500;

export function smtpTransport(settings: SmtpSettings): Transport {
  const { host, port, isTls, isLoopback, user, password, ca, from } = settings;
  const connect = async () =>
    (await nodemailer()).createTransport({
      host,
      port,
      secure: isTls,
      // INVARIANT: what is written to customers crosses no network in clear, and to nobody but the server that was named.
      requireTLS: !isTls && !isLoopback,
      tls: { minVersion: "TLSv1.2", rejectUnauthorized: true, ...(ca === null ? {} : { ca }) },
      ...(user === null ? {} : { auth: { user, pass: password ?? "" } }),
      pool: true,
      maxConnections: 2,
      connectionTimeout: TIMEOUT_MS,
      greetingTimeout: TIMEOUT_MS,
      socketTimeout: TIMEOUT_MS,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  let smtp: ReturnType<typeof connect> | undefined;
  return {
    send: async (message) => {
      try {
        smtp ??= connect();
        await (await smtp).sendMail(optionsOf(message, from));
      } catch (error) {
        throw failureOf(error);
      }
    },
    close: () => void smtp?.then((each) => each.close()),
  };
}

/** One `.eml` a letter, for its owner's eyes alone. A letter sent again takes the place of its first copy. */
export function folderTransport(folder: string, from: string): Transport {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return {
    send: async (message) => {
      const { createTransport } = await nodemailer();
      const composer = createTransport({ streamTransport: true, buffer: true, newline: "unix" });
      const composed = await composer.sendMail(optionsOf(message, from));
      const path = join(folder, `${message.id}.eml`);
      const file = await open(`${path}.part`, "w", 0o600);
      try {
        await file.writeFile(composed.message as Buffer);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(`${path}.part`, path);
    },
    close: () => {},
  };
}

function optionsOf({ to, subject, text, id, date }: Message, from: string): SendMailOptions {
  const domain = from.slice(from.lastIndexOf("@") + 1);
  return {
    from: { name: "", address: from },
    to: { name: "", address: to },
    envelope: { from, to: [to] },
    subject,
    text,
    date,
    messageId: `<${id}@${domain}>`,
    // RFC 3834 5: nobody's holiday notice is to answer a machine.
    headers: { "Auto-Submitted": "auto-generated" },
    xMailer: false,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/** INVARIANT: nothing of what the library or the server says goes further, since it may repeat the address. */
function failureOf(error: unknown): SendFailure {
  const { code, responseCode } = error as { readonly code?: unknown; readonly responseCode?: unknown };
  // Before a word was said of any letter: the other end, or who it says it is.
  if (code === "ETLS") return new SendFailure("not-secure");
  if (code === "EAUTH") return new SendFailure("try-later");
  if (typeof responseCode === "number") return new SendFailure(responseCode >= PERMANENT ? "refused" : "try-later");
  return new SendFailure("unreachable");
}
