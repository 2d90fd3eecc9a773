// What the pages say, in the reader's language: message files a language and a topic, loaded as pages need them.
import { type ReactNode, useSyncExternalStore } from "react";
import { IntlProvider, type Messages } from "use-intl";
import { fetched } from "./fetched-code.ts";

export const LANGUAGES = ["en", "es", "de"] as const;
export type Language = (typeof LANGUAGES)[number];
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { en: "English", es: "Español", de: "Deutsch" };
export type Topic = keyof Messages;

interface Spoken {
  readonly language: Language;
  readonly messages: Partial<Messages>;
}

const FILES = import.meta.glob<Messages[Topic]>("../messages/*/*.json", { import: "default" });
/** A preference of the browser, not of a person. */
const STORED = "uberrima-language";

let spoken: Spoken = { language: firstLanguage(), messages: {} };
const listeners = new Set<() => void>();

function firstLanguage(): Language {
  const wanted = [localStorage.getItem(STORED), ...navigator.languages];
  return wanted.map((tag) => tag?.slice(0, 2)).find(isLanguage) ?? "en";
}

function isLanguage(tag: string | undefined): tag is Language {
  return LANGUAGES.some((language) => language === tag);
}

/** To be awaited before a page that speaks of these topics is shown. */
export async function loadTexts(...topics: readonly Topic[]): Promise<void> {
  const missing = topics.filter((topic) => spoken.messages[topic] === undefined);
  if (missing.length > 0) await speak(spoken.language, missing, spoken.messages);
}

export async function chooseLanguage(language: Language): Promise<void> {
  localStorage.setItem(STORED, language);
  await speak(language, Object.keys(spoken.messages) as Topic[], {});
}

async function speak(language: Language, topics: readonly Topic[], known: Partial<Messages>): Promise<void> {
  const loaded = await Promise.all(topics.map(async (topic) => [topic, await fileOf(language, topic)] as const));
  // Another topic may have come in meanwhile.
  const since = language === spoken.language ? spoken.messages : known;
  spoken = { language, messages: { ...since, ...Object.fromEntries(loaded) } };
  document.documentElement.lang = language;
  for (const listener of listeners) listener();
}

async function fileOf(language: Language, topic: Topic): Promise<Messages[Topic]> {
  const load = FILES[`../messages/${language}/${topic}.json`];
  if (load === undefined) throw new Error(`no texts of ${topic} in ${language}`);
  return fetched(load());
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useLanguage(): Language {
  return useSyncExternalStore(subscribe, () => spoken.language);
}

export function Texts({ children }: { readonly children: ReactNode }): ReactNode {
  const { language, messages } = useSyncExternalStore(subscribe, () => spoken);
  return (
    <IntlProvider locale={regionOf(language)} messages={messages as Messages} timeZone={ZONE} now={new Date()}>
      {children}
    </IntlProvider>
  );
}

const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Dates, numbers and money as they are written where the reader is, where the browser tells. */
function regionOf(language: Language): string {
  return navigator.languages.find((tag) => tag.startsWith(`${language}-`) && isTag(tag)) ?? language;
}

/** Browsers have been seen to hand on what the system calls its language, such as `en-US@posix`, which is none (BCP 47). */
function isTag(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}
