// One's own account: what happened since, how one signs in, where one is signed in.
import type { z } from "zod";
import type { factorAdded, notice, recoveryCodes, session, sessionItem, sessionList } from "../../contract/sign-in.ts";
import { ask, Refused } from "./ask.ts";
import { button, element, field, moment } from "./elements.ts";
import { addPasskey, addTotp, choosePassword, showRecoveryCodes } from "./factors.ts";
import { canUsePasskeys } from "./passkeys.ts";
import { attempt, show } from "./screen.ts";
import { withStepUp } from "./step-up.ts";

type Session = z.output<typeof session>;

const PASSWORD_CHARACTERS_MIN = 12;

async function start(): Promise<void> {
  const own = await ask<Session>("GET", "/v1/session").catch((error: unknown) => {
    if (error instanceof Refused && error.status !== 401) throw error;
    location.replace("/sign-in?returnTo=/account");
    return null;
  });
  if (own === null) return;
  if (own.needs === "second-factor") return location.replace("/sign-in?returnTo=/account");
  if (own.needs === "new-password")
    return choosePassword({ title: "Choose a new password", lengthMin: PASSWORD_CHARACTERS_MIN, next: start });
  if (own.needs === "enrolment") return enrolment();
  const { items } = await ask<z.output<typeof sessionList>>("GET", "/v1/me/sessions");
  account(own, items);
}

function account(own: Session, sessions: readonly z.output<typeof sessionItem>[]): void {
  show({
    title: own.name,
    lead:
      own.isPasskeyWanted && own.phishingResistantAt === null
        ? "Your role sees some values with a passkey only. Add one, or sign in by it."
        : "",
    content: [
      ...notices(own),
      ...factors(own),
      ...sessionsList(sessions),
      button("Sign out", () => attempt(signOut), { class: "primary" }),
    ],
  });
}

const HAPPENED: Readonly<Record<z.output<typeof notice>["what"], string>> = {
  "new-device": "A sign-in from a device not seen before",
  "password-changed": "Your password was changed",
  "factor-added": "A factor was added",
  "factor-removed": "A factor was removed",
  "recovery-code-used": "A recovery code was used",
  "recovery-codes-made": "New recovery codes were made",
  "reset-requested": "Somebody asked for a reset of your ways to sign in",
  "reset-approved": "A reset of your ways to sign in was approved",
  "reset-done": "Your ways to sign in were made anew",
};

function notices({ notices: told }: Session): Node[] {
  if (told.length === 0) return [];
  const items = told.map(({ noticeId, what, at, device, address }) =>
    element(
      "li",
      {},
      element("strong", {}, HAPPENED[what]),
      " ",
      moment(at),
      [device, address].some((text) => text !== "")
        ? ` (${[device, address].filter((text) => text !== "").join(", ")})`
        : "",
      button("That was me", () => attempt(async () => (await ask("DELETE", `/v1/me/notices/${noticeId}`), start())), {
        class: "quiet",
      }),
    ),
  );
  return [
    element("h2", {}, "What happened"),
    element("ul", { class: "rows" }, ...items),
    element(
      "p",
      { class: "hint" },
      "If it was not you, end your other sessions, change your password and tell security.",
    ),
  ];
}

function factors({ factors: held }: Session): Node[] {
  const rows = held.factors.map(({ factorId, kind, name, addedAt, usedAt }) =>
    element(
      "li",
      {},
      element("strong", {}, name),
      kind === "passkey" ? " passkey, added " : " authenticator app, added ",
      moment(addedAt),
      ...(usedAt === null ? [] : [", last used ", moment(usedAt)]),
      button("Remove", () => attempt(() => stepped(() => ask("DELETE", `/v1/me/factors/${factorId}`))), {
        class: "quiet",
        "aria-label": `Remove ${name}`,
      }),
    ),
  );
  const name = field({ label: "Name for a new one", value: "Another device", optional: true });
  const named = (): string => name.input.value.trim() || "Another device";
  return [
    element("h2", {}, "How you sign in"),
    rows.length === 0 ? element("p", {}, "You have no second factor.") : element("ul", { class: "rows" }, ...rows),
    element(
      "p",
      {},
      `${held.recoveryCodesLeft} recovery codes are left. `,
      button("Make new ones", () => attempt(newCodes), { class: "quiet" }),
    ),
    element(
      "details",
      {},
      element("summary", {}, "Add a passkey or an authenticator app"),
      name.whole,
      ...adding(named),
    ),
    button("Change the password", () => changePassword(), { class: "quiet" }),
  ];
}

function adding(named: () => string): Node[] {
  const after = (added: z.output<typeof factorAdded>): unknown =>
    added.recoveryCodes === null ? start() : showRecoveryCodes(added.recoveryCodes, start);
  const passkey = () => attempt(async () => after(await withStepUp(() => addPasskey(named()))));
  const app = () => attempt(() => withStepUp(() => addTotp(named(), after)));
  return [
    ...(canUsePasskeys() ? [button("Make a passkey", passkey, { class: "primary" })] : []),
    button("Use an authenticator app", app),
  ];
}

function sessionsList(sessions: readonly z.output<typeof sessionItem>[]): Node[] {
  const rows = sessions.map(({ sessionId, isThis, device, address, startedAt }) =>
    element(
      "li",
      {},
      element("strong", {}, device || "Unknown device"),
      ` ${address}, since `,
      moment(startedAt),
      isThis
        ? " (this one)"
        : button("End", () => attempt(() => stepped(() => ask("DELETE", `/v1/me/sessions/${sessionId}`))), {
            class: "quiet",
          }),
    ),
  );
  return [
    element("h2", {}, "Where you are signed in"),
    element("ul", { class: "rows" }, ...rows),
    ...(sessions.length > 1
      ? [
          button("End all others", () => attempt(() => stepped(() => ask("DELETE", "/v1/me/sessions"))), {
            class: "quiet",
          }),
        ]
      : []),
  ];
}

async function stepped(work: () => Promise<unknown>): Promise<void> {
  await withStepUp(work);
  await start();
}

async function newCodes(): Promise<void> {
  const { recoveryCodes: made } = await withStepUp(() =>
    ask<z.output<typeof recoveryCodes>>("POST", "/v1/me/recovery-codes"),
  );
  showRecoveryCodes(made, start);
}

/** Asked for before the form, so that nobody types a password twice for nothing. */
function changePassword(): void {
  choosePassword({ title: "Change your password", lengthMin: PASSWORD_CHARACTERS_MIN, next: start });
}

function enrolment(): void {
  const name = field({ label: "Name for it", value: "My device" });
  show({
    title: "Add a second factor",
    content: [name.whole, ...adding(() => name.input.value.trim() || "My device")],
  });
}

async function signOut(): Promise<void> {
  await ask("DELETE", "/v1/session");
  location.replace("/sign-in");
}

void attempt(start);
