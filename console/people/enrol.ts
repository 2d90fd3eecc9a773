// The page an invitation leads to: choose a password, add a second factor, keep recovery codes. The invitation stands behind the #, which no server sees.
import type { z } from "zod";
import type { invitation, signedIn } from "../../contract/sign-in.ts";
import { ask } from "./ask.ts";
import { button, element, field, moment } from "./elements.ts";
import { addPasskey, addTotp, choosePassword, showRecoveryCodes } from "./factors.ts";
import { canUsePasskeys } from "./passkeys.ts";
import { attempt, form, show, tell } from "./screen.ts";

type Invitation = z.output<typeof invitation>;

const token = location.hash.slice(1);
// It is good once, and yet it need not stay in the history.
history.replaceState(null, "", "/enrol");

async function start(): Promise<void> {
  show({ title: "Welcome", lead: "Looking at your invitation …", content: [] });
  try {
    greet(await ask<Invitation>("POST", "/v1/invitations/look", { token }));
  } catch {
    show({
      title: "This invitation is not good",
      lead: "It was used, has expired, or is not complete. Ask whoever sent it for another one.",
      content: [element("p", {}, element("a", { href: "/sign-in" }, "Sign in instead"))],
    });
  }
}

function greet(invited: Invitation): void {
  const code = field({ label: "Code that you were told on the telephone", autocomplete: "one-time-code" });
  const begin = async (): Promise<void> => {
    const given = invited.codeNeeded ? { code: code.input.value.trim() } : {};
    await ask<z.output<typeof signedIn>>("POST", "/v1/invitations/acceptance", { token, as: "cookie", ...given });
    choosePassword({ title: "Choose a password", lengthMin: invited.password.lengthMin, next: secondFactor });
  };
  show({
    title: `Welcome, ${invited.name}`,
    lead:
      invited.purpose === "reset"
        ? "Your ways to sign in are made anew. The former ones are good for nothing any more."
        : "You will sign in by a password and a second factor, which nobody else ever sees.",
    content: [
      element("p", { class: "hint" }, `For ${invited.email}, good until `, moment(invited.endsAt), "."),
      form("Begin", begin, ...(invited.codeNeeded ? [code.whole] : [])),
    ],
  });
}

function secondFactor(): void {
  const name = field({ label: "Name for it", value: "My device", hint: "To tell it from others that you may add." });
  const named = (): string => name.input.value.trim() || "My device";
  show({
    title: "Add a second factor",
    lead: "A passkey is best: your device checks your fingerprint, face or PIN, and nobody can trick you out of it.",
    content: [
      name.whole,
      canUsePasskeys()
        ? button("Make a passkey", () => attempt(async () => done((await addPasskey(named())).recoveryCodes)), {
            class: "primary",
          })
        : null,
      button("Use an authenticator app", () => attempt(() => addTotp(named(), (added) => done(added.recoveryCodes)))),
    ],
  });
}

function done(codes: readonly string[] | null): void {
  const leave = (): void => location.replace("/account");
  if (codes === null) return leave();
  showRecoveryCodes(codes, leave);
}

if (token === "") {
  show({ title: "Welcome", content: [element("p", {}, "Open the link of your invitation, the whole of it.")] });
  tell("there is no invitation in this address");
} else {
  void start();
}
