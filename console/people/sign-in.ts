// The page by which staff sign in: a passkey, or address and password and then a second factor, or the employer's own sign-on.
import type { z } from "zod";
import type { signedIn } from "../../contract/sign-in.ts";
import { ask } from "./ask.ts";
import { button, element, field } from "./elements.ts";
import { canUsePasskeys, showPasskey } from "./passkeys.ts";
import { attempt, form, show } from "./screen.ts";

type SignedIn = z.output<typeof signedIn>;

function start(): void {
  const email = field({ label: "E-mail address", type: "email", autocomplete: "username webauthn" });
  const password = field({ label: "Password", type: "password", autocomplete: "current-password" });
  const byPassword = form(
    "Continue",
    async () =>
      goOn(
        await ask<SignedIn>("POST", "/v1/sessions", {
          email: email.input.value,
          password: password.input.value,
          as: "cookie",
        }),
      ),
    email.whole,
    password.whole,
  );
  show({
    title: "Sign in",
    content: [
      canUsePasskeys() ? button("Use a passkey", () => attempt(byPasskey), { class: "primary wide" }) : null,
      canUsePasskeys() ? element("p", { class: "or" }, "or") : null,
      byPassword,
      companySignOn(),
      element(
        "p",
        { class: "hint" },
        "Nobody, a help desk included, will ever ask you for a password, a code or a passkey.",
      ),
    ],
  });
}

/** Where the server says that there is a provider. */
function companySignOn(): HTMLElement | null {
  if (!("signOn" in document.documentElement.dataset)) return null;
  const href = `/v1/sso/start?returnTo=${encodeURIComponent(destination())}`;
  return element("p", {}, element("a", { href }, "Use your company's sign-on"));
}

async function byPasskey(): Promise<void> {
  const shown = await showPasskey("/v1/sessions/passkey-options");
  goOn(await ask<SignedIn>("POST", "/v1/sessions/passkey", { ...shown, as: "cookie" }));
}

/** Wherever the session stands, the next thing that it needs. */
function goOn({ session }: SignedIn): void {
  if (session.needs === "second-factor") return secondFactor(session);
  location.replace(session.needs === null ? destination() : "/account");
}

function secondFactor({ factors }: SignedIn["session"]): void {
  const kinds = new Set(factors.factors.map(({ kind }) => kind));
  show({
    title: "Show a second factor",
    content: [
      kinds.has("passkey") && canUsePasskeys()
        ? button("Use a passkey", () => attempt(passkeyToo), { class: "primary wide" })
        : null,
      kinds.has("totp") ? codeForm("Code of your authenticator app", "/v1/session/totp", "numeric") : null,
      factors.recoveryCodesLeft > 0
        ? element(
            "details",
            {},
            element("summary", {}, "I have neither with me"),
            codeForm("Recovery code", "/v1/session/recovery-code", "text"),
            element(
              "p",
              { class: "hint" },
              "Each of your recovery codes is good once. Without one, ask your supervisor for a reset.",
            ),
          )
        : null,
      button("Start again", () => attempt(signOut), { class: "quiet" }),
    ],
  });
}

async function passkeyToo(): Promise<void> {
  goOn(await ask<SignedIn>("POST", "/v1/session/passkey", await showPasskey("/v1/session/passkey-options")));
}

function codeForm(label: string, path: string, inputmode: string): HTMLFormElement {
  const code = field({ label, inputmode, autocomplete: "one-time-code" });
  return form(
    "Continue",
    async () => goOn(await ask<SignedIn>("POST", path, { code: code.input.value.trim() })),
    code.whole,
  );
}

async function signOut(): Promise<void> {
  await ask("DELETE", "/v1/session");
  start();
}

/** Only paths of this server: `//host` and `\` lead elsewhere. */
function destination(): string {
  const wanted = new URLSearchParams(location.search).get("returnTo") ?? "";
  return /^\/(?![/\\])[\w\-./?=&%]{0,500}$/.test(wanted) ? wanted : "/account";
}

start();
