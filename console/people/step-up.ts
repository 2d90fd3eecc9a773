// Shows a strong factor once more where the server asks for it, and then does again what was asked.
import type { z } from "zod";
import type { session } from "../../contract/sign-in.ts";
import { ask, Refused } from "./ask.ts";
import { button, element, field } from "./elements.ts";
import { canUsePasskeys, showPasskey } from "./passkeys.ts";

type Session = z.output<typeof session>;

const NEEDED = new Set(["step-up-needed", "factor-needed"]);

/** Throws Refused, also where the person does not want to. */
export async function withStepUp<Answer>(work: () => Promise<Answer>): Promise<Answer> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Refused) || !NEEDED.has(error.code) || !(await stepUp())) throw error;
    return work();
  }
}

/** True once a factor was shown. */
async function stepUp(): Promise<boolean> {
  const { factors } = await ask<Session>("GET", "/v1/session");
  const kinds = new Set(factors.factors.map(({ kind }) => kind));
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const failure = element("p", { role: "alert", class: "failure", hidden: true });
  const code = field({ label: "Code of your authenticator app", inputmode: "numeric", autocomplete: "one-time-code" });
  const shown = async (work: () => Promise<unknown>): Promise<void> => {
    try {
      await work();
      dialog.close("shown");
    } catch (error) {
      failure.hidden = false;
      failure.textContent = error instanceof Refused ? error.message : "the passkey was not used";
    }
  };
  const byPasskey = async () => ask("POST", "/v1/session/passkey", await showPasskey("/v1/session/passkey-options"));
  const byCode = () => ask("POST", "/v1/session/totp", { code: code.input.value.trim() });
  const dialog: HTMLDialogElement = element(
    "dialog",
    { "aria-labelledby": "step-up-title", onclose: () => resolve(dialog.returnValue === "shown") },
    element("h2", { id: "step-up-title" }, "Show a second factor once more"),
    element("p", {}, "What you asked for needs it to have been shown minutes ago."),
    failure,
    kinds.has("passkey") && canUsePasskeys()
      ? button("Use a passkey", () => shown(byPasskey), { class: "primary" })
      : null,
    kinds.has("totp")
      ? element(
          "form",
          {
            onsubmit: (event) => {
              event.preventDefault();
              void shown(byCode);
            },
          },
          code.whole,
          element("button", { type: "submit" }, "Show the code"),
        )
      : null,
    button("Cancel", () => dialog.close(), { class: "quiet" }),
  );
  document.body.append(dialog);
  dialog.showModal();
  const wasShown = await promise;
  dialog.remove();
  return wasShown;
}
