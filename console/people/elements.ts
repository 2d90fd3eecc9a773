// Makes elements. Text is text: nothing here takes markup.

type Child = Node | string | null;
interface Properties {
  readonly [name: string]: string | boolean | undefined | ((event: Event) => unknown);
}

/** `on…` members are listeners, booleans set or leave out an attribute, all else is an attribute's text. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Properties = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (typeof value === "function") made.addEventListener(name.slice(2), value);
    else if (value === true) made.setAttribute(name, "");
    else if (typeof value === "string") made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}

let fields = 0;

export interface FieldOptions {
  readonly label: string;
  readonly hint?: string;
  readonly type?: string;
  readonly autocomplete?: string;
  readonly inputmode?: string;
  readonly value?: string;
  readonly optional?: boolean;
}

export interface Field {
  readonly whole: HTMLElement;
  readonly input: HTMLInputElement;
}

/** A labelled input, with its hint read out with it. */
export function field({ label, hint, type = "text", optional = false, ...attributes }: FieldOptions): Field {
  fields += 1;
  const id = `field-${fields}`;
  const described = hint === undefined ? {} : { "aria-describedby": `${id}-hint` };
  const input = element("input", { id, type, required: !optional, spellcheck: "false", ...described, ...attributes });
  const whole = element(
    "div",
    { class: "field" },
    element("label", { for: id }, label),
    hint === undefined ? null : element("p", { id: `${id}-hint`, class: "hint" }, hint),
    input,
  );
  return { whole, input };
}

export function button(text: string, onclick: () => unknown, properties: Properties = {}): HTMLButtonElement {
  return element("button", { type: "button", onclick, ...properties }, text);
}

/** "12 May 2026, 14:03", as the reader's own browser writes it. */
export function moment(iso: string): HTMLElement {
  const text = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" }).format(new Date(iso));
  return element("time", { datetime: iso }, text);
}
