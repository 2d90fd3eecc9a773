// Deadlines as iCalendar: what kind of thing, and when.
import type { CalendarLanguage } from "./link-row.ts";

/** What may fall due; codes alone. */
const DUE_KINDS = [
  "review",
  "grant",
  "change",
  "case",
  "report",
  "dilemma",
  "erasure",
  "request",
  "demand",
  "disposal",
  "disposal-run",
  "maximum",
  "contract",
  "authorization",
  "telling",
  "other",
] as const;
export type DueKind = (typeof DUE_KINDS)[number];

export interface Due {
  readonly kind: DueKind;
  /** Of the thing itself. */
  readonly id: string;
  readonly at: Date;
}

const NAME = "Uberrima";
const WORDS: Readonly<Record<CalendarLanguage, Readonly<Record<DueKind, string>>>> = {
  en: {
    review: "Access review due",
    grant: "Access lent for a time ends",
    change: "Change that waits falls due",
    case: "Customer's question is open",
    report: "Confidential report: answer due",
    dilemma: "Dilemma waits",
    erasure: "Erasure falls due",
    request: "Customer's request due",
    demand: "Legal demand: a day is due",
    disposal: "Disposal waits",
    "disposal-run": "Approved disposal is not finished",
    maximum: "Kept beyond what a law allows",
    contract: "Contract with a third party ends",
    authorization: "Customer's authorization ends",
    telling: "Somebody is to be told",
    other: "Something falls due",
  },
  es: {
    review: "Vence una revisión de accesos",
    grant: "Termina un acceso temporal",
    change: "Vence un cambio en espera",
    case: "Pregunta de un cliente abierta",
    report: "Informe confidencial: vence la respuesta",
    dilemma: "Un dilema espera",
    erasure: "Vence una supresión",
    request: "Vence la solicitud de un cliente",
    demand: "Requerimiento legal: vence un plazo",
    disposal: "Una eliminación espera",
    "disposal-run": "Una eliminación aprobada no ha terminado",
    maximum: "Conservado más allá de lo que permite una ley",
    contract: "Termina un contrato con un tercero",
    authorization: "Termina la autorización de un cliente",
    telling: "Hay que avisar a alguien",
    other: "Algo vence",
  },
  de: {
    review: "Zugriffsprüfung fällig",
    grant: "Befristeter Zugriff endet",
    change: "Wartende Änderung wird fällig",
    case: "Frage aus der Kundschaft offen",
    report: "Vertrauliche Meldung: Antwort fällig",
    dilemma: "Ein Dilemma wartet",
    erasure: "Löschung wird fällig",
    request: "Anliegen aus der Kundschaft fällig",
    demand: "Behördliches Verlangen: Frist",
    disposal: "Eine Löschung nach Fristen wartet",
    "disposal-run": "Bewilligte Löschung nach Fristen ist nicht beendet",
    maximum: "Länger aufbewahrt, als ein Gesetz erlaubt",
    contract: "Vertrag mit Dritten endet",
    authorization: "Einwilligung aus der Kundschaft endet",
    telling: "Jemand ist zu unterrichten",
    other: "Etwas wird fällig",
  },
};
const MINUTE_MS = 60_000;
const LENGTH_MINUTES = 15;

/** `uidOf` gives what calendars tell events apart by, and nobody else can tell anything by. */
export async function icalendar(
  dues: readonly Due[],
  {
    language,
    now,
    uidOf,
  }: { readonly language: CalendarLanguage; readonly now: Date; readonly uidOf: (due: Due) => string },
): Promise<string> {
  // Loaded when somebody subscribes.
  const { default: ical } = await import("ical-generator");
  const calendar = ical({
    name: NAME,
    prodId: { company: NAME, product: NAME, language: language.toUpperCase() },
    ttl: 3600,
  });
  for (const due of dues)
    calendar.createEvent({
      id: uidOf(due),
      stamp: now,
      start: due.at,
      end: new Date(due.at.getTime() + LENGTH_MINUTES * MINUTE_MS),
      summary: WORDS[language][due.kind],
    });
  return calendar.toString();
}
