// How the names of files end: of papers by what they are, of copies by their form. Without the schemas, so that a page may have it for little.

/** Papers whose kind of file is known; whatever else is taken in is kept as bytes. */
export const PAPER_ENDINGS = {
  "application/pdf": ".pdf",
  "image/png": ".png",
  "image/jpeg": ".jpg",
  "image/tiff": ".tif",
  "text/plain": ".txt",
} as const;
export const BYTES = "application/octet-stream";
type Known = keyof typeof PAPER_ENDINGS;

export const KNOWN_PAPERS = Object.keys(PAPER_ENDINGS) as readonly Known[];

/** What a file is taken in as. */
export function paperTypeOf(mediaType: string): Known | typeof BYTES {
  return KNOWN_PAPERS.find((known) => known === mediaType) ?? BYTES;
}

/** Of the name that a paper is saved under; nothing for what is unknown. */
export function paperEnding(mediaType: string): string {
  const known = paperTypeOf(mediaType);
  return known === BYTES ? "" : PAPER_ENDINGS[known];
}

/** Copies of all that a customer may have, by form: what holds all of it first. */
export const COPY_ENDINGS = {
  archive: ".zip",
  pdf: ".pdf",
  html: ".html",
  json: ".json",
  fhir: ".fhir.json",
} as const;
export type CopyForm = keyof typeof COPY_ENDINGS;

export const COPY_FORMS = Object.keys(COPY_ENDINGS) as readonly CopyForm[];
