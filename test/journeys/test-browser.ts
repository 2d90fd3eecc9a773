// For journeys: real Chromium from its npm package, driven by Playwright, with a virtual authenticator for passkeys where one is wanted.
import { type Browser, type BrowserContext, type CDPSession, chromium, type Page } from "playwright-core";
import { testChromium } from "./test-chromium.ts";

export interface TestBrowser {
  /** A person's own browser: cookies and storage of its own. */
  person(options?: PersonOptions): Promise<Visitor>;
  close(): Promise<void>;
}

export interface PersonOptions {
  /** What their browser speaks. */
  readonly locale?: string;
}

export interface Visitor {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Everything that the pages reported: errors, refused loads, policy violations. */
  readonly complaints: readonly string[];
  /** A device that verifies its user (fingerprint, face or PIN), as WebAuthn's test automation makes one. */
  addAuthenticator(options?: { readonly verifiesUser?: boolean }): Promise<Authenticator>;
}

export interface Authenticator {
  /** From now on the person does, or does not, touch it. */
  setPresence(isPresent: boolean): Promise<void>;
  setVerified(isVerified: boolean): Promise<void>;
  credentials(): Promise<number>;
}

const TIMEOUT_MS = 30_000;
/** Not those the package brings, which switch off what keeps sites apart. The sandbox needs rights that a test run may not have. */
const ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--disable-background-networking"];

/**
 * `more` are arguments beside those that every test needs. A browser that does not start fails whoever first wants somebody in it, so that a server that
 * was set up beside it is known by then and is closed.
 */
export async function openTestBrowser(more: readonly string[] = []): Promise<TestBrowser> {
  const [started] = await Promise.allSettled([start(more)]);
  const there = (): Browser => {
    if (started.status === "rejected") throw started.reason;
    return started.value;
  };
  return {
    person: async (options) => person(there(), options),
    close: async () => {
      if (started.status === "fulfilled") await started.value.close();
    },
  };
}

async function start(more: readonly string[]): Promise<Browser> {
  return chromium.launch({ executablePath: await testChromium(), args: [...ARGUMENTS, ...more], headless: true });
}

async function person(browser: Browser, { locale }: PersonOptions = {}): Promise<Visitor> {
  const context = await browser.newContext(locale === undefined ? {} : { locale });
  context.setDefaultTimeout(TIMEOUT_MS);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    // A refused request is told of by the page itself; the browser's line about it says nothing more.
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource"))
      complaints.push(message.text());
  });
  return { page, context, complaints, addAuthenticator: (options) => addAuthenticator(page, options) };
}

async function addAuthenticator(page: Page, { verifiesUser = true } = {}): Promise<Authenticator> {
  const devtools: CDPSession = await page.context().newCDPSession(page);
  await devtools.send("WebAuthn.enable");
  const { authenticatorId } = await devtools.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: verifiesUser,
      isUserVerified: verifiesUser,
      automaticPresenceSimulation: true,
    },
  });
  return {
    setPresence: async (enabled) => {
      await devtools.send("WebAuthn.setAutomaticPresenceSimulation", { authenticatorId, enabled });
    },
    setVerified: async (isUserVerified) => {
      await devtools.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified });
    },
    credentials: async () => (await devtools.send("WebAuthn.getCredentials", { authenticatorId })).credentials.length,
  };
}
