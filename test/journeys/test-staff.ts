// For journeys: a server that browsers reach, whose clock can be turned, and people invited to it.
import assert from "node:assert/strict";
import { createServer } from "node:net";
import { generate } from "otplib";
import { startTestServer, type TestServer } from "../../src/test-server.ts";
import type { Visitor } from "./test-browser.ts";

export interface JourneyStage {
  readonly server: TestServer;
  /** Passkeys are bound to names, not to addresses. */
  readonly site: string;
  /** Turns the server's clock. */
  pass(ms: number): void;
  now(): Date;
  /** The link of a fresh invitation. */
  invite(
    name: string,
    changes?: object,
  ): Promise<{ readonly link: string; readonly email: string; readonly staffId: string }>;
  ask(
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ readonly status: number; readonly body: Record<string, unknown> }>;
  close(): Promise<void>;
}

export const PASSWORD = "glacier umbrella tangent 47 oboe";

/** `more` are settings of the server beside its port and address. */
export async function setJourneyStage(more: Readonly<Record<string, string>> = {}): Promise<JourneyStage> {
  let offsetMs = 0;
  const clock = { now: () => new Date(Date.now() + offsetMs) };
  const port = await freePort();
  const site = `http://localhost:${port}`;
  const settings = { UBERRIMA_PORT: String(port), UBERRIMA_PUBLIC_URL: site, ...more };
  const server = await startTestServer({ clock, settings });
  const ask: JourneyStage["ask"] = async (method, path, body) => {
    const headers = {
      authorization: `Bearer ${server.admin.token}`,
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    };
    const answer = await fetch(`${server.url}${path}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };
  let made = 0;
  return {
    server,
    site,
    ask,
    pass: (ms) => {
      offsetMs += ms;
    },
    now: clock.now,
    invite: async (name, changes = {}) => {
      made += 1;
      const email = `person-${made}@insurer.example`;
      const scope = { purposes: ["claim-handling"], rowScope: "assignments", entities: ["acme"], lines: ["life"] };
      const { status, body } = await ask("POST", "/v1/staff", {
        name,
        email,
        role: "claims-adjuster",
        ...scope,
        ...changes,
      });
      assert.equal(status, 201, JSON.stringify(body));
      const { staff, invitation } = body as { staff: { staffId: string }; invitation: { link: string } };
      return { link: invitation.link, email, staffId: staff.staffId };
    },
    close: () => server.stop(),
  };
}

export async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const { port } = probe.address() as { port: number };
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

/** The code that an app with this secret shows at a time. */
export async function codeAt(secret: string, at: Date): Promise<string> {
  return generate({ secret, epoch: Math.floor(at.getTime() / 1000) });
}

/** Accepts the invitation and chooses the password; the second factor is to be added next. */
export async function acceptInvitation({ page }: Visitor, link: string): Promise<void> {
  await page.goto(link);
  await page.getByRole("button", { name: "Begin" }).click();
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByLabel("The same once more").fill(PASSWORD);
  await page.getByRole("button", { name: "Choose this password" }).click();
  await page.getByRole("heading", { name: "Add a second factor" }).waitFor();
}

/** Returns the recovery codes. */
export async function makePasskey({ page }: Visitor): Promise<string[]> {
  await page.getByRole("button", { name: "Make a passkey" }).click();
  return keepCodes(page);
}

/** Returns the secret and the recovery codes. */
export async function setUpApp(
  { page }: Visitor,
  now: () => Date,
): Promise<{ readonly secret: string; readonly codes: string[] }> {
  await page.getByRole("button", { name: "Use an authenticator app" }).click();
  const secret = (await page.locator("code.secret").textContent()) ?? "";
  await page.getByLabel("Code that the app shows").fill(await codeAt(secret, now()));
  await page.getByRole("button", { name: "Confirm" }).click();
  return { secret, codes: await keepCodes(page) };
}

async function keepCodes(page: Visitor["page"]): Promise<string[]> {
  await page.getByRole("heading", { name: "Keep these recovery codes" }).waitFor();
  const codes = await page.locator(".codes code").allTextContents();
  await page.getByRole("button", { name: "I have kept them" }).click();
  await page.waitForURL(/\/(home|account)$/);
  await goToAccount({ page });
  return codes;
}

export async function goToAccount({ page }: Pick<Visitor, "page">): Promise<void> {
  await page.goto(new URL("/account", page.url()).href);
  await page.getByRole("heading", { name: "How you sign in" }).waitFor();
}

export async function typePassword({ page }: Visitor, site: string, email: string, password = PASSWORD): Promise<void> {
  await page.goto(`${site}/sign-in`);
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Continue" }).click();
}
