// The forms of a package, each made while it is sent: machine form (JSON), plain language (HTML, PDF), FHIR R4; and all of them with the papers in an archive.
import { Readable } from "node:stream";
import type { FulfilmentContext } from "./context.ts";
import { printArchive } from "./print-archive.ts";
import { printFhir } from "./print-fhir.ts";
import { printHtml } from "./print-html.ts";
import { printJson } from "./print-json.ts";
import { printPdf } from "./print-pdf.ts";
import type { PackageForm } from "./package-row.ts";
import type { Fetched } from "./packages.ts";

export interface Printed {
  readonly stream: Readable;
  readonly fileName: string;
}

export function print(
  words: Pick<FulfilmentContext, "topics" | "recordWords" | "vault">,
  fetched: Fetched,
  form: PackageForm,
): Printed {
  const name = `information-${fetched.face.madeAt.slice(0, 10)}`;
  switch (form) {
    case "json":
      return { stream: Readable.from(printJson(fetched)), fileName: `${name}.json` };
    case "html":
      return { stream: Readable.from(printHtml(words, fetched)), fileName: `${name}.html` };
    case "fhir":
      return {
        stream: Readable.from(printFhir(fetched)),
        fileName: `${name}.fhir.json`,
      };
    case "archive":
      return { stream: Readable.from(printArchive(words, fetched)), fileName: `${name}.zip` };
    case "pdf":
      return { stream: printPdf(words, fetched), fileName: `${name}.pdf` };
  }
}
