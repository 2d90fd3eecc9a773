// Mail to customers and staff: letters from templates, put into a durable outbox and delivered in the background.
import type { Uuid } from "../kernel/bytes.ts";
import type { Querier } from "../postgres/database.ts";
import { MailError } from "./errors.ts";
import { isAddress, type Letter, type LetterName, type Transport } from "./letter.ts";
import { deliverDue, type OutboxParts, putMail, resealOutbox } from "./outbox.ts";
import { isWaiting, selectMailVersionUsed } from "./outbox-store.ts";
import { speltDay, speltMoment } from "./spelt.ts";
import { render, type Templates } from "./templates.ts";

export type { MailErrorCode } from "./errors.ts";
export { LANGUAGES, type Language, type Letter, type LetterName, type Transport } from "./letter.ts";
export type { GivenUpCode, MailKeys, MailProof } from "./outbox.ts";
export { speltDay, speltMoment } from "./spelt.ts";
export { loadTemplate, loadTemplates, render, type Rendered, type Template, type Templates } from "./templates.ts";
export { folderTransport, type SmtpSettings, smtpTransport } from "./transports.ts";

/** Whose value is a text of its own, written by whoever governs and not by a customer. */
const WHOLE_TEXTS: ReadonlySet<string> = new Set<LetterName>(["privacy-notice"]);
const TEXT_MAX = 4000;

export type Channel = "email" | "phone";

export interface MailOptions extends Omit<OutboxParts, "transport" | "onProof"> {
  readonly templates: Templates;
  /** Null: nothing can be sent. */
  readonly transport: Transport | null;
  /** Where text messages go as mail; null where no gateway is configured. */
  readonly textMessageDomain: string | null;
}

export interface Mail {
  /** Throws MailError `not-configured`. For features to ask before they do anything else. */
  requireSending(): void;
  /** For letters that nothing depends on. */
  canSend(): boolean;
  /** Where a letter to this contact goes; null where such contacts cannot be written to. The telephone number is E.164. */
  addressOf(channel: Channel, value: string): string | null;
  /** In the transaction of what the letter tells of. Throws MailError `not-configured`, `bad-address`, `bad-values`, `outbox-full`. */
  put(on: Querier, letter: Letter): Promise<Uuid>;
  /** Whether it is still in the outbox. */
  isWaiting(mailId: Uuid): Promise<boolean>;
  /** Who is told what became of letters that prove something, each of all of them; before the first is delivered. */
  tellProofs(to: OutboxParts["onProof"]): void;
  /** For the background: hands over what is due. Returns how many letters left. */
  deliver(signal?: AbortSignal): Promise<number>;
  /** After a rotation of the key the outbox stands under. */
  renewCovers(): Promise<number>;
  isCoverUsed(version: number): Promise<boolean>;
}

export function openMail({ templates, transport, textMessageDomain, ...options }: MailOptions): Mail {
  const toldTo: OutboxParts["onProof"][] = [];
  const onProof: OutboxParts["onProof"] = async (proof) => {
    if (toldTo.length === 0) throw new Error("nobody is told what a letter proves");
    for (const to of toldTo) await to(proof);
  };
  const parts: OutboxParts = { ...options, transport: transport ?? NOWHERE, onProof };
  const requireSending = (): void => {
    if (transport === null) throw new MailError("not-configured");
  };
  return {
    requireSending,
    canSend: () => transport !== null,
    addressOf: (channel, value) => {
      if (channel === "email") return isAddress(value) ? value : null;
      // E.164; an extension takes no text messages.
      const digits = /^\+(\d{6,15})$/.exec(value)?.[1];
      return textMessageDomain === null || digits === undefined ? null : `${digits}@${textMessageDomain}`;
    },
    put: async (on, letter) => {
      requireSending();
      if (!isAddress(letter.to)) throw new MailError("bad-address");
      const { to, name, language, expiresAt, proves, addressee } = letter;
      const valueMax = WHOLE_TEXTS.has(name) ? TEXT_MAX : undefined;
      const rendered = render(templates[name], language, speltValues(letter), valueMax);
      const sealed = { to, ...rendered, expiresAt: expiresAt.toISOString() };
      const of = { ...(proves === undefined ? {} : { proves }), ...(addressee === undefined ? {} : { addressee }) };
      return putMail(parts, on, { ...sealed, ...of });
    },
    isWaiting: (mailId) => isWaiting(parts.database, mailId),
    tellProofs: (to) => void toldTo.push(to),
    deliver: async (signal) => (transport === null ? 0 : deliverDue(parts, signal)),
    renewCovers: () => resealOutbox(parts),
    isCoverUsed: (version) => selectMailVersionUsed(parts.database, version),
  };
}

function speltValues({ values, language, zone = "UTC" }: Letter): Record<string, string> {
  const spelt = (value: string | Date): string =>
    value instanceof Date ? speltMoment(value, language, zone) : speltDay(value, language);
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, spelt(value)]));
}

const NOWHERE: Transport = {
  send: () => Promise.reject(new MailError("not-configured")),
  close: () => {},
};
