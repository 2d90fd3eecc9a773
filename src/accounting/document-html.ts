// A list in plain language as one HTML file that needs nothing else: every value escaped, readable on paper and on a phone.
import { htmlText } from "../kernel/html-text.ts";
import type { PrintedLine, Printing } from "./document-line.ts";
import { AROUND, type Language } from "./words.ts";

const STYLE =
  "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a;background:#fff}" +
  "h1{font-size:1.6rem}table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.4rem .6rem .4rem 0;border-bottom:1px solid #ccc;overflow-wrap:anywhere}" +
  "small{color:#555}" +
  "@media(max-width:40rem){thead{position:absolute;left:-999rem}tr,td{display:block}tr{border-bottom:1px solid #ccc;padding:.6rem 0}td{border:0;padding:.1rem 0}td::before{content:attr(data-of);display:block;color:#555;font-size:.85rem}}" +
  "@media print{body{margin:0;max-width:none}tr{break-inside:avoid}}";

export async function* printHtml({ head, lines }: Printing): AsyncGenerator<string, void, undefined> {
  const { language, title, text, citation, because, customerId, madeAt, from } = head;
  const words = AROUND[language];
  yield `<!doctype html>\n<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">`;
  yield `<meta name="robots" content="noindex"><title>${htmlText(title)}</title><style>${STYLE}</style></head><body><main>\n`;
  yield `<h1>${htmlText(title)}</h1><p>${htmlText(text)}</p>\n`;
  if (because !== null) yield `<p>${htmlText(`${words.because} ${because.entity}.`)}</p>\n`;
  if (citation !== null) yield `<p><small>${htmlText(citation)}</small></p>\n`;
  yield `<p>${htmlText(`${words.made} ${dayOf(madeAt)}`)}. `;
  yield `${from === null ? "" : `${htmlText(`${words.since} ${dayOf(from)}, ${words.onwards}`)}. `}${htmlText(`${words.customer}: ${customerId}`)}</p>\n`;
  let count = 0;
  for await (const line of lines) {
    if (count === 0) yield `<table><thead><tr>${heads(language)}</tr></thead><tbody>\n`;
    count += 1;
    yield `${row(line, language)}\n`;
  }
  yield count === 0 ? `<p>${htmlText(words.nothing)}</p>\n` : "</tbody></table>\n";
  yield `<p>${htmlText(`${words.count}: ${count}`)}</p><p>${htmlText(words.rights)}</p></main></body></html>\n`;
}

function heads(language: Language): string {
  const { when, whom, what, why } = AROUND[language];
  return [when, whom, what, why].map((name) => `<th scope="col">${htmlText(name)}</th>`).join("");
}

function row({ at, whom, by, what, why, entryId }: PrintedLine, language: Language): string {
  const words = AROUND[language];
  const cells = [
    [words.when, htmlText(momentOf(at))],
    [words.whom, `${htmlText(whom ?? words.nobodyElse)}<br><small>${htmlText(`${words.by}: ${by}`)}</small>`],
    [words.what, htmlText(what.join(", "))],
    [words.why, `${htmlText(why)}<br><small>${htmlText(`${words.entry} ${entryId}`)}</small>`],
  ] as const;
  return `<tr>${cells.map(([name, cell]) => `<td data-of="${htmlText(name)}">${cell}</td>`).join("")}</tr>`;
}

const dayOf = (at: string): string => at.slice(0, "2026-01-01".length);
const momentOf = (at: string): string => `${at.slice(0, "2026-01-01T00:00".length).replace("T", " ")} UTC`;
