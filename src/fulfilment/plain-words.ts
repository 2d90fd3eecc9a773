// The words around a package, in the languages that customers read.
import type { FulfilmentContext, Language, Topic } from "./context.ts";
import type { GivenRecord } from "./gather.ts";

export const WORDS = {
  en: {
    title: "The information we hold about you",
    made: "Made on",
    about:
      "This is what we hold about you and may give you, by topic. A value with dots is shown in part, so that this document harms nobody who finds it. What would show other people is left out.",
    withheld: "Kept back",
    withheldText: "Part of what we hold is kept back. The law lets us:",
    rights:
      "You can ask us to correct what is wrong, to erase what we need not keep, and complain to the supervisory authority.",
    nothing: "We hold nothing that we could show here.",
    part: "in part",
    origin: "Where from",
    noOrigin: "not recorded",
  },
  es: {
    title: "La información que tenemos sobre usted",
    made: "Preparado el",
    about:
      "Esto es lo que tenemos sobre usted y podemos entregarle, por temas. Un valor con puntos se muestra en parte, para que este documento no perjudique a nadie si lo encuentra otra persona. Se omite lo que mostraría a otras personas.",
    withheld: "No entregado",
    withheldText: "Una parte de lo que tenemos no se entrega. La ley lo permite:",
    rights:
      "Puede pedirnos que corrijamos lo que esté mal, que borremos lo que no debamos conservar, y reclamar ante la autoridad de control.",
    nothing: "No tenemos nada que podamos mostrar aquí.",
    part: "en parte",
    origin: "Procedencia",
    noOrigin: "no consta",
  },
  de: {
    title: "Was wir über Sie gespeichert haben",
    made: "Erstellt am",
    about:
      "Das haben wir über Sie gespeichert und dürfen es Ihnen geben, nach Themen geordnet. Ein Wert mit Punkten ist nur zum Teil gezeigt, damit dieses Dokument niemandem schadet, wenn ein anderer es findet. Was andere Menschen zeigen würde, bleibt weg.",
    withheld: "Zurückgehalten",
    withheldText: "Ein Teil dessen, was wir haben, wird zurückgehalten. Das Gesetz erlaubt es:",
    rights:
      "Sie können verlangen, dass wir Falsches berichtigen und löschen, was wir nicht aufbewahren müssen, und sich bei der Aufsichtsbehörde beschweren.",
    nothing: "Wir haben nichts, was wir hier zeigen könnten.",
    part: "zum Teil",
    origin: "Herkunft",
    noOrigin: "nicht festgehalten",
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

export function topicOf(topics: readonly Topic[], { topic }: Pick<GivenRecord, "topic">): Topic | null {
  return topics.find((one) => one.class === topic) ?? null;
}
