// One screen at a time in the page's main part: a heading that gets the focus, content, and a place where failures are read out.
import { Refused } from "./ask.ts";
import { element } from "./elements.ts";

const main = document.querySelector("main")!;

export interface Screen {
  readonly title: string;
  readonly lead?: string;
  readonly content: readonly (Node | string | null)[];
}

export function show({ title, lead, content }: Screen): void {
  const heading = element("h1", { tabindex: "-1" }, title);
  const parts = content.filter((part) => part !== null);
  main.replaceChildren(
    heading,
    ...(lead === undefined ? [] : [element("p", { class: "lead" }, lead)]),
    element("div", { role: "alert", class: "failure", hidden: true }),
    ...parts,
  );
  document.title = `${title} · Uberrima`;
  const first = main.querySelector<HTMLElement>("input:not([hidden])");
  (first ?? heading).focus();
}

export function tell(text: string | null): void {
  const place = main.querySelector<HTMLElement>(".failure");
  if (place === null) return;
  place.hidden = text === null;
  place.textContent = text === null ? "" : `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
  if (text !== null) place.scrollIntoView({ block: "nearest" });
}

/** Runs what a person asked for once, with everything that could ask again disabled, and tells of its failure. */
export async function attempt(work: () => Promise<unknown>): Promise<void> {
  const controls = [...main.querySelectorAll<HTMLButtonElement>("button:not([disabled])")];
  tell(null);
  main.setAttribute("aria-busy", "true");
  for (const control of controls) control.disabled = true;
  try {
    await work();
  } catch (error) {
    tell(wordsFor(error));
  } finally {
    main.removeAttribute("aria-busy");
    for (const control of controls) control.disabled = false;
  }
}

/** What a browser says of passkeys is for programmers; here it is for people. */
function wordsFor(error: unknown): string {
  if (error instanceof Refused) return error.message;
  if (!(error instanceof DOMException)) return "something went wrong in this page: reload it and try again";
  if (error.name === "InvalidStateError") return "this device has a passkey of yours already";
  return "the passkey was not used: it was cancelled, took too long, or this device has none";
}

/** A form whose only button sends it. */
export function form(
  action: string,
  work: () => Promise<unknown>,
  ...content: readonly (Node | string | null)[]
): HTMLFormElement {
  const made = element(
    "form",
    {
      onsubmit: (event) => {
        event.preventDefault();
        void attempt(work);
      },
    },
    ...content,
    element("button", { type: "submit", class: "primary" }, action),
  );
  return made;
}
