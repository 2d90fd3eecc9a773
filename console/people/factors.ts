// Choosing a password and adding factors, as both the enrolment and the account page offer it.
import type { z } from "zod";
import type { factorAdded, passwordSet, totpOffered } from "../../contract/sign-in.ts";
import { ask } from "./ask.ts";
import { button, element, field } from "./elements.ts";
import { makePasskey } from "./passkeys.ts";
import { form, show, tell } from "./screen.ts";

type FactorAdded = z.output<typeof factorAdded>;

export interface PasswordScreen {
  readonly title: string;
  readonly lengthMin: number;
  readonly next: () => unknown;
}

export function choosePassword({ title, lengthMin, next }: PasswordScreen): void {
  const hint = `At least ${lengthMin} characters. Several words that do not belong together are best; passwords known from breaches are refused.`;
  const first = field({ label: "Password", type: "password", autocomplete: "new-password", hint });
  const second = field({ label: "The same once more", type: "password", autocomplete: "new-password" });
  const choose = async (): Promise<void> => {
    if (first.input.value !== second.input.value) return tell("the two are not the same");
    await ask<z.output<typeof passwordSet>>("PUT", "/v1/me/password", { password: first.input.value });
    await next();
  };
  show({ title, content: [form("Choose this password", choose, first.whole, second.whole)] });
}

/** Makes the passkey and adds it. */
export async function addPasskey(name: string): Promise<FactorAdded> {
  const made = await makePasskey("/v1/me/passkeys/options");
  return ask<FactorAdded>("POST", "/v1/me/passkeys", { ...made, name });
}

export async function addTotp(name: string, then: (added: FactorAdded) => unknown): Promise<void> {
  const { factorId, secret, qrCode } = await ask<z.output<typeof totpOffered>>("POST", "/v1/me/totp", { name });
  const code = field({ label: "Code that the app shows", inputmode: "numeric", autocomplete: "one-time-code" });
  const image = element("img", {
    src: `data:image/svg+xml;utf8,${encodeURIComponent(qrCode)}`,
    alt: "QR code of the secret below",
    class: "qr",
  });
  show({
    title: "Set up an authenticator app",
    content: [
      element(
        "ol",
        {},
        element("li", {}, "Scan this with the app, or type the secret into it."),
        element("li", {}, "Type the code that the app then shows."),
      ),
      image,
      element("p", {}, "Secret: ", element("code", { class: "secret" }, secret)),
      form(
        "Confirm",
        async () =>
          then(
            await ask<FactorAdded>("POST", `/v1/me/totp/${factorId}/confirmation`, { code: code.input.value.trim() }),
          ),
        code.whole,
      ),
    ],
  });
}

/** Shown once. Whoever has written them down says so. */
export function showRecoveryCodes(codes: readonly string[], then: () => unknown): void {
  show({
    title: "Keep these recovery codes",
    lead: "Each is good once, in place of a second factor. They are shown now and never again.",
    content: [
      element("ul", { class: "codes" }, ...codes.map((code) => element("li", {}, element("code", {}, code)))),
      button("Print them", () => print()),
      button("I have kept them", () => then(), { class: "primary" }),
    ],
  });
}
