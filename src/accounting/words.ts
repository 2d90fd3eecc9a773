// What lists say on paper: governance/portal/accounting-words.yaml, and the words around them, in the languages that customers read.
import { join } from "node:path";
import { z } from "zod";
import { RECIPIENTS } from "../disclosure/disclosure.ts";
import { readGovernedYaml, strictYaml } from "../kernel/governed-yaml.ts";
import { PURPOSES } from "../kernel/vocabulary.ts";
import { AccountingError } from "./errors.ts";

export type Language = "en" | "es" | "de";
export type Words = Readonly<Record<Language, string>>;

const words = strictYaml({ en: z.string().min(1), es: z.string().min(1), de: z.string().min(1) });
const KINDS_OF_RECIPIENT = RECIPIENTS.filter((name) => name !== "none");
const schema = strictYaml({
  version: z.literal(1),
  // Every one of them: a list that says nothing of why is none.
  purposes: z.record(z.enum(PURPOSES), words),
  recipients: z.record(z.enum(KINDS_OF_RECIPIENT), words),
});
export type AccountingWords = z.infer<typeof schema>;

const FILE = "accounting-words.yaml";

/** Throws AccountingError `bad-governance`, one fault a line. */
export function loadAccountingWords(folder: string): AccountingWords {
  const read = readGovernedYaml(join(folder, FILE), `governance/portal/${FILE}`, schema);
  if (!read.ok) throw new AccountingError("bad-governance", read.faults.join("\n"));
  return read.file.content;
}

export const AROUND = {
  en: {
    timeline: "Who has looked at your information",
    timelineText: "Everybody who looked at it, our own staff too.",
    made: "Made on",
    since: "From",
    onwards: "onwards, newest first",
    customer: "Customer number here",
    because: "This law applies to what you have with",
    when: "When",
    whom: "To whom",
    by: "By whom",
    why: "Why",
    what: "What",
    entry: "Entry of the ledger",
    nothing: "There is nothing on this list.",
    count: "Lines",
    rights:
      "You can ask us about any line: name its entry. What the law has us tell later is added when its time has come.",
    self: "You",
    another: "Somebody who acts for you, or of your family",
    system: "Our systems",
    staff: "Somebody who works for us",
    organisation: "Another organisation",
    nobodyElse: "Nobody outside",
  },
  es: {
    timeline: "Quién ha visto su información",
    timelineText: "Todas las personas que la han visto, también nuestro propio personal.",
    made: "Preparado el",
    since: "Desde el",
    onwards: "en adelante, lo más reciente primero",
    customer: "Su número de cliente aquí",
    because: "Esta ley se aplica a lo que tiene con",
    when: "Cuándo",
    whom: "A quién",
    by: "Por quién",
    why: "Por qué",
    what: "Qué",
    entry: "Asiento del registro",
    nothing: "No hay nada en esta lista.",
    count: "Líneas",
    rights:
      "Puede preguntarnos por cualquier línea: indique su asiento. Lo que la ley nos hace comunicar más tarde se añade a su debido tiempo.",
    self: "Usted",
    another: "Alguien que actúa por usted, o de su familia",
    system: "Nuestros sistemas",
    staff: "Alguien que trabaja con nosotros",
    organisation: "Otra organización",
    nobodyElse: "A nadie de fuera",
  },
  de: {
    timeline: "Wer Ihre Angaben angesehen hat",
    timelineText: "Alle, die sie angesehen haben, auch unsere eigenen Beschäftigten.",
    made: "Erstellt am",
    since: "Ab dem",
    onwards: "das Neueste zuerst",
    customer: "Ihre Kundennummer hier",
    because: "Dieses Gesetz gilt für das, was Sie haben bei",
    when: "Wann",
    whom: "An wen",
    by: "Durch wen",
    why: "Warum",
    what: "Was",
    entry: "Eintrag im Verzeichnis",
    nothing: "Auf dieser Liste steht nichts.",
    count: "Zeilen",
    rights:
      "Sie können uns zu jeder Zeile fragen: Nennen Sie ihren Eintrag. Was wir nach dem Gesetz erst später sagen, kommt zu seiner Zeit hinzu.",
    self: "Sie selbst",
    another: "Jemand, der für Sie handelt, oder aus Ihrer Familie",
    system: "Unsere Systeme",
    staff: "Jemand, der für uns arbeitet",
    organisation: "Eine andere Organisation",
    nobodyElse: "Niemand außerhalb",
  },
} as const satisfies Record<Language, Record<string, string>>;
