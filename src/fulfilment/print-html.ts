// Plain language as one HTML file that needs nothing else: by topic, every value escaped, readable on paper and on a phone.
import { htmlText as escaped } from "../kernel/html-text.ts";
import type { FulfilmentContext } from "./context.ts";
import type { GivenRecord } from "./gather.ts";
import type { Fetched } from "./packages.ts";
import { keptLines, notesOn, originWords, statementLine, titleOf, topicOf, WORDS } from "./plain-words.ts";

const STYLE =
  "body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a;background:#fff}" +
  "h1{font-size:1.6rem}h2{font-size:1.2rem;margin-top:2rem;border-bottom:1px solid #ccc}h3{font-size:1rem;margin:1.2rem 0 .2rem}" +
  "dl{display:grid;grid-template-columns:minmax(8rem,14rem) 1fr;gap:.1rem 1rem;margin:0}dt{color:#555}dd{margin:0;overflow-wrap:anywhere;white-space:pre-wrap}" +
  "blockquote{margin:.4rem 0 0;padding:.2rem .8rem;border-left:3px solid #999;overflow-wrap:anywhere;white-space:pre-wrap}" +
  "@media(max-width:30rem){dl{grid-template-columns:1fr}dd{margin-bottom:.4rem}}";

export async function* printHtml(
  parts: Pick<FulfilmentContext, "topics" | "recordWords" | "vault">,
  fetched: Fetched,
): AsyncGenerator<string, void, undefined> {
  const { face, records } = fetched;
  const { language } = face;
  const words = WORDS[language];
  yield `<!doctype html>\n<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">`;
  yield `<meta name="robots" content="noindex"><title>${escaped(words.title)}</title><style>${STYLE}</style></head><body><main>\n`;
  yield `<h1>${escaped(words.title)}</h1><p>${escaped(words.made)} ${face.madeAt.slice(0, 10)}</p><p>${escaped(words.about)}</p>\n`;
  let current: string | null = null;
  for await (const record of records()) {
    if (record.topic !== current) yield topicHead(parts, record, language);
    current = record.topic;
    yield `<h3>${escaped(titleOf(parts, record, language))}</h3><dl>${record.fields.map((field) => line(field, language)).join("")}${from(parts, record, language)}</dl>${statementsOf(record, language)}\n`;
  }
  if (current === null) yield `<p>${escaped(words.nothing)}</p>\n`;
  const kept = keptLines(parts, fetched, language);
  if (kept.length > 0) {
    yield `<h2>${escaped(words.withheld)}</h2><p>${escaped(words.withheldText)}</p><ul>`;
    for (const told of kept) yield `<li>${escaped(told)}</li>`;
    yield "</ul>\n";
  }
  yield `<p>${escaped(words.rights)}</p></main></body></html>\n`;
}

function topicHead(
  { topics }: Pick<FulfilmentContext, "topics">,
  record: GivenRecord,
  language: Fetched["face"]["language"],
): string {
  const topic = topicOf(topics, record);
  if (topic === null) return `<h2>${escaped(record.topic)}</h2>\n`;
  return `<h2>${escaped(topic.title[language])}</h2><p>${escaped(topic.text[language])}</p>\n`;
}

function from(
  parts: Pick<FulfilmentContext, "vault">,
  record: GivenRecord,
  language: Fetched["face"]["language"],
): string {
  return `<dt><em>${escaped(WORDS[language].origin)}</em></dt><dd><em>${escaped(originWords(parts, record, language))}</em></dd>`;
}

function line(field: GivenRecord["fields"][number], language: Fetched["face"]["language"]): string {
  const notes = notesOn(field, language).map((note) => ` <small>(${escaped(note)})</small>`);
  return `<dt>${escaped(field.label)}</dt><dd>${escaped(field.value)}${notes.join("")}</dd>`;
}

function statementsOf({ statements = [] }: GivenRecord, language: Fetched["face"]["language"]): string {
  const lines = statements.map((one) => statementLine(one, language));
  return lines
    .map(
      ({ label, value, on }) =>
        `<blockquote><strong>${escaped(label)}</strong> <small>(${escaped(on)})</small><br>${escaped(value)}</blockquote>`,
    )
    .join("");
}
