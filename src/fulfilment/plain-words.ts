// The words around a package, in the languages that customers read.
import type { FulfilmentContext, Language, Topic } from "./context.ts";
import type { GivenField, GivenRecord, GivenStatement } from "./gather.ts";
import { toldGrounds, type ToldOf, toldRecords } from "./told-grounds.ts";

const DAY_LENGTH = "2026-01-01".length;

export const WORDS = {
  en: {
    title: "The information we hold about you",
    made: "Made on",
    about:
      "This is what we hold about you and may give you, by topic. A value with dots is shown in part, so that this document harms nobody who finds it. Single details of other people are left out. Free text and papers that are not from you yourself were read by somebody first: what tells of other people is struck out there and marked [...], or the whole is kept back; what the law lets us say of that stands at the end.",
    withheld: "Kept back",
    withheldText: "Part of what we hold is kept back. The law lets us:",
    rights:
      "You can ask us to correct what is wrong, to erase what we need not keep, and to have looked at again, by somebody else, what was kept back or struck out; and you can complain to the supervisory authority.",
    nothing: "We hold nothing that we could show here.",
    struck: "other people struck out",
    redacted: "a copy out of which other people were struck",
    part: "in part",
    origin: "Where from",
    noOrigin: "not recorded",
    toRead: "to read and to print",
    forMachines: "for machines, such as another insurer's",
    sums: "the SHA-256 of every file, to check that none was changed",
    papers: "Papers",
    noPapers: "none go along",
    received: "received",
    unreadable: "cannot be read any more; ask us about it",
    papersElsewhere: "of which we hold only the digest here; ask us for them",
    papersTooMany: "more than one archive holds; ask us for them",
    disputed: "You say that this is wrong, since",
    statement: "Your statement of",
    statementOn: "About",
  },
  es: {
    title: "La información que tenemos sobre usted",
    made: "Preparado el",
    about:
      "Esto es lo que tenemos sobre usted y podemos entregarle, por temas. Un valor con puntos se muestra en parte, para que este documento no perjudique a nadie si lo encuentra otra persona. Se omiten los datos sueltos de otras personas. Los textos libres y los documentos que no proceden de usted los ha leído antes alguien: lo que habla de otras personas está tachado y marcado con [...], o se retiene el conjunto; lo que la ley nos permite decir de ello figura al final.",
    withheld: "No entregado",
    withheldText: "Una parte de lo que tenemos no se entrega. La ley lo permite:",
    rights:
      "Puede pedirnos que corrijamos lo que esté mal, que borremos lo que no debamos conservar y que otra persona vuelva a examinar lo retenido o tachado; y puede reclamar ante la autoridad de control.",
    nothing: "No tenemos nada que podamos mostrar aquí.",
    struck: "con otras personas tachadas",
    redacted: "una copia en la que se ha tachado a otras personas",
    part: "en parte",
    origin: "Procedencia",
    noOrigin: "no consta",
    toRead: "para leer e imprimir",
    forMachines: "para máquinas, como las de otra aseguradora",
    sums: "el SHA-256 de cada archivo, para comprobar que ninguno se ha modificado",
    papers: "Documentos",
    noPapers: "no se adjunta ninguno",
    received: "recibido el",
    unreadable: "ya no se puede leer; pregúntenos",
    papersElsewhere: "de los que aquí solo tenemos la huella digital; pídanoslos",
    papersTooMany: "más de lo que cabe en un archivo; pídanoslos",
    disputed: "Usted dice que esto es incorrecto, desde el",
    statement: "Su declaración del",
    statementOn: "Sobre",
  },
  de: {
    title: "Was wir über Sie gespeichert haben",
    made: "Erstellt am",
    about:
      "Das haben wir über Sie gespeichert und dürfen es Ihnen geben, nach Themen geordnet. Ein Wert mit Punkten ist nur zum Teil gezeigt, damit dieses Dokument niemandem schadet, wenn ein anderer es findet. Einzelne Angaben zu anderen Menschen bleiben weg. Freie Texte und Unterlagen, die nicht von Ihnen selbst sind, hat zuvor jemand gelesen: Was von anderen Menschen erzählt, ist dort geschwärzt und mit [...] bezeichnet, oder das Ganze ist zurückgehalten; was wir davon sagen dürfen, steht am Ende.",
    withheld: "Zurückgehalten",
    withheldText: "Ein Teil dessen, was wir haben, wird zurückgehalten. Das Gesetz erlaubt es:",
    rights:
      "Sie können verlangen, dass wir Falsches berichtigen, löschen, was wir nicht aufbewahren müssen, und dass jemand anderes noch einmal ansieht, was zurückgehalten oder geschwärzt wurde; und Sie können sich bei der Aufsichtsbehörde beschweren.",
    nothing: "Wir haben nichts, was wir hier zeigen könnten.",
    struck: "andere Menschen geschwärzt",
    redacted: "eine Kopie, in der andere Menschen geschwärzt sind",
    part: "zum Teil",
    origin: "Herkunft",
    noOrigin: "nicht festgehalten",
    toRead: "zum Lesen und Drucken",
    forMachines: "für Maschinen, etwa die eines anderen Versicherers",
    sums: "der SHA-256 jeder Datei, um zu prüfen, dass keine geändert wurde",
    papers: "Unterlagen",
    noPapers: "keine liegen bei",
    received: "eingegangen am",
    unreadable: "lässt sich nicht mehr lesen; fragen Sie uns danach",
    papersElsewhere: "von denen wir hier nur den Fingerabdruck haben; fragen Sie uns danach",
    papersTooMany: "mehr, als ein Archiv fasst; fragen Sie uns danach",
    disputed: "Sie sagen, dass das falsch ist, seit dem",
    statement: "Ihre Erklärung vom",
    statementOn: "Zu",
  },
} as const satisfies Record<Language, Record<string, string>>;

/** How a kind of record is called: by the words for customers, or else by the schema's label. */
export function titleOf(
  { recordWords, vault }: Pick<FulfilmentContext, "recordWords" | "vault">,
  { type }: Pick<GivenRecord, "type">,
  language: Language,
): string {
  return recordWords[type]?.[language] ?? vault.registry.recordType(type)?.label ?? type;
}

/** Where a record comes from and on which ground (GDPR Art. 15(1)(g); NAIC Model 670 § 8; Cal. Civ. Code 1798.110(a)(2)). */
export function originWords(
  { vault }: Pick<FulfilmentContext, "vault">,
  { origin = null }: Pick<GivenRecord, "origin">,
  language: Language,
): string {
  if (origin === null) return WORDS[language].noOrigin;
  const { sources, grounds } = vault.registry.origins;
  const source = sources.find((one) => one.source === origin.source)?.title[language] ?? origin.source;
  const ground = grounds.find((one) => one.ground === origin.ground)?.title[language] ?? origin.ground;
  const named = origin.institution === null ? source : `${source} (${origin.institution})`;
  return `${named}; ${ground}`;
}

/** Of a field that is shown in part or struck out in part, or that the customer disputes. */
export function notesOn(
  { form, disputed, struck = [] }: Pick<GivenField, "form" | "disputed" | "struck">,
  language: Language,
): string[] {
  const words = WORDS[language];
  return [
    ...(struck.length > 0 ? [words.struck] : []),
    ...(form === "masked" ? [words.part] : []),
    ...(disputed === undefined ? [] : [`${words.disputed} ${disputed.slice(0, DAY_LENGTH)}`]),
  ];
}

/** What the customer says of a record, as a line of its own. */
export function statementLine({ filedAt, about, words }: GivenStatement, language: Language) {
  const { statement, statementOn } = WORDS[language];
  return {
    label: `${statement} ${filedAt.slice(0, DAY_LENGTH)}`,
    value: words,
    on: `${statementOn}: ${about.join(", ")}`,
  };
}

/** What was kept back and by what law, where the law lets it be told: of what names others, which record and which of its fields. */
export function keptLines(
  parts: Pick<FulfilmentContext, "recordWords" | "vault">,
  fetched: ToldOf,
  language: Language,
): string[] {
  const ofRecords = toldRecords(fetched).map(({ type, fields, citation }) => {
    const labels = fields.map((name) => parts.vault.registry.field(`${type}.${name}`)?.label ?? name);
    return `${titleOf(parts, { type }, language)} (${labels.join(", ")}): ${citation}`;
  });
  return [...ofRecords, ...toldGrounds(fetched.face).map(({ citation }) => citation)];
}

export function topicOf(topics: readonly Topic[], { topic }: Pick<GivenRecord, "topic">): Topic | null {
  return topics.find((one) => one.class === topic) ?? null;
}
