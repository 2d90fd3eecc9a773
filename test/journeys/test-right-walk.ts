// For journeys: a right from asking to done as people go about it: the customer in the portal, two of the office in the console.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { EXEMPTIONS, type RightCase } from "../../src/requests/test-right-cases.ts";
import {
  FAREWELL,
  isAnsweredInWords,
  makeAsker,
  OCCUPATIONS,
  REASON,
  type RightAsker,
} from "../../src/requests/test-right-proofs.ts";
import { connect, type Client } from "../../sdk/client.ts";
import { openTestBrowser, type TestBrowser, type Visitor } from "./test-browser.ts";
import { type PortalStage, setPortalStage, signInCustomer, signInStrongly, staffStage } from "./test-customer.ts";
import { choose, valueOf } from "./test-keyboard.ts";
import { signInAs } from "./test-signed-in.ts";

export interface RightsStage {
  readonly stage: PortalStage;
  readonly browser: TestBrowser;
  readonly customer: Visitor;
  /** Decides. */
  readonly officer: Visitor;
  /** Files for whoever wrote, and proposes corrections. */
  readonly second: Visitor;
  /** Reads what came of it, over HTTP. */
  readonly dpo: Client;
  readonly rules: Awaited<ReturnType<Client["rights"]["rules"]>>["items"];
  close(): Promise<void>;
}

export async function setRightsStage(): Promise<RightsStage> {
  const [stage, browser] = await Promise.all([setPortalStage(), openTestBrowser()]);
  const [customer, officer, second] = await Promise.all([browser.person(), browser.person(), browser.person()]);
  const office = { role: "dpo", purposes: ["data-subject-request"], lines: ["auto", "health"] };
  await signInAs(staffStage(stage, "grace@insurer.example"), officer, { ...office, name: "Grace Hopper" });
  await signInAs(staffStage(stage, "lise@insurer.example"), second, { ...office, name: "Lise Meitner" });
  const { server } = stage.bench;
  const { token } = await server.createClient({ role: "dpo", purposes: ["data-subject-request"] });
  const dpo = connect({ url: server.url, token });
  const { items: rules } = await dpo.rights.rules();
  const close = async (): Promise<void> => {
    await browser.close();
    await stage.close();
  };
  return { stage, browser, customer, officer, second, dpo, rules, close };
}

/** As pages call them, in English. */
const KINDS: Readonly<Partial<Record<RightCase["kind"], string>>> = {
  access: "See what is held",
  portability: "Get a copy to take along",
  correction: "Have something corrected",
  erasure: "Have something deleted",
  restriction: "Limit what is done with it",
  objection: "Object to what is done with it",
  "opt-out": "Opt out of sharing or advertising",
  accounting: "List of who was given something",
  "automated-decision-review": "A person to look at an automated decision",
  "decision-reasons": "Reasons of a decision",
  "confidential-communications": "Be written to elsewhere",
  complaint: "Complaint about how information is handled",
};
const MATTERS = {
  insurance: "An insurance contract, quote or claim",
  "website-or-marketing": "A website or advertising",
  "consumer-report": "What was reported to a credit or claims bureau",
} as const;

const nameOf = (code: string, type: "region" | "state"): string =>
  type === "region" ? (new Intl.DisplayNames(["en"], { type }).of(code) ?? code) : (STATES[code] ?? code);
const STATES: Readonly<Record<string, string>> = {
  CA: "California",
  TX: "Texas",
  MT: "Montana",
  VA: "Virginia",
  OR: "Oregon",
  ON: "Ontario",
  QC: "Quebec",
};

export interface Walked {
  readonly asker: RightAsker;
  readonly requestId: string;
}

/** Asked, known, granted and done. */
export async function walkRight(rights: RightsStage, one: RightCase): Promise<Walked> {
  await stayAwake(rights);
  const asker = await makeAsker(rights.stage.bench, one);
  const requestId = one.isFiled === true ? await file(rights, one, asker) : await ask(rights, one, asker);
  if (one.kind === "correction") await propose(rights, requestId);
  await grant(rights, one, requestId);
  return { asker, requestId };
}

/** Signing customers in turns the clock, and a session that nobody uses ends. */
async function stayAwake({ stage, officer, second }: RightsStage): Promise<void> {
  for (const { context } of [officer, second])
    assert.ok((await context.request.get(`${stage.site}/v1/rights-rules`)).ok(), "still signed in");
}

export async function ask(
  { stage, customer, rules }: RightsStage,
  one: RightCase,
  { customerId, email }: RightAsker,
): Promise<string> {
  const { page } = customer;
  // Whoever points at what is wrong is shown it first, which for some of it takes a passkey.
  if (one.kind === "correction") await signInStrongly(stage, customer, customerId);
  else await signInCustomer(stage, customer, email);
  await page.goto(`${stage.site}/portal/rights`);
  await choose(page, "What do you want?", KINDS[one.kind] ?? one.kind);
  await choose(page, "What is it about?", MATTERS[one.about ?? "insurance"]);
  await choosePlace(customer, "Country where you live", one);
  if (one.kind === "correction") await pointAt(customer);
  await page.getByRole("button", { name: "Send it" }).click();
  await page.getByRole("heading", { name: "Your request", level: 1 }).waitFor();
  const { citation = "" } = rules.find(({ ruleId }) => ruleId === one.rule) ?? {};
  await page.getByText(`${citation}: `, { exact: false }).first().waitFor();
  await page.getByText("That day is not counted.").waitFor();
  await seeExemption({ rules }, customer, one);
  return lastOf(page.url());
}

/** What is wrong, by its name in the file, and what is right. */
async function pointAt({ page }: Visitor): Promise<void> {
  await choose(page, "Topic", "Money");
  await choose(page, "Which entry?", /Occupation \(B••••\)$/);
  await page.getByLabel("What it should say").fill(OCCUPATIONS.right);
}

async function choosePlace({ page }: Visitor, label: string, { place }: RightCase): Promise<void> {
  await choose(page, label, nameOf(place.country, "region"));
  if (place.state !== null) await choose(page, "State or province", nameOf(place.state, "state"));
}

const lastOf = (url: string): string => url.slice(url.lastIndexOf("/") + 1);

/** By a letter: whoever files it knows the law and its day, and somebody else checks who wrote it. */
async function file({ stage, second, officer }: RightsStage, one: RightCase, asker: RightAsker): Promise<string> {
  const { page } = second;
  await page.goto(`${stage.site}/rights/new`);
  await page.getByLabel("Customer's id").fill(asker.customerId);
  await choose(page, "Asks for", KINDS[one.kind] ?? one.kind);
  await choose(page, "About", MATTERS[one.about ?? "insurance"]);
  await choosePlace(second, "Country where they live", one);
  await page.getByRole("button", { name: "File it" }).click();
  await page.getByRole("heading", { name: "Rights request", level: 1 }).waitFor();
  const requestId = lastOf(page.url());
  await openRight({ stage }, officer, requestId);
  const isAsked = (await officer.page.getByRole("definition").filter({ hasText: "not asked for" }).count()) === 0;
  if (!isAsked) return requestId;
  await choose(officer.page, "Next", "Record an identity check");
  await choose(officer.page, "How", "Papers that show who they are");
  await officer.page.getByLabel("They are who they say").check();
  await officer.page.getByRole("button", { name: "Record", exact: true }).click();
  await officer.page
    .getByRole("definition")
    .filter({ hasText: /^known$/ })
    .waitFor();
  return requestId;
}

export async function openRight(
  { stage }: Pick<RightsStage, "stage">,
  { page }: Visitor,
  requestId: string,
): Promise<void> {
  const address = `${stage.site}/rights/${requestId}`;
  if (page.url() !== address) await page.goto(address);
  await page.getByRole("heading", { name: "The clock" }).waitFor();
}

/** As the customer wrote it. */
async function propose(rights: RightsStage, requestId: string): Promise<void> {
  const { page } = rights.second;
  await openRight(rights, rights.second, requestId);
  await choose(page, "Next", "Propose a correction");
  await page.getByRole("alert").filter({ hasText: "Occupation" }).waitFor();
  await page.getByRole("button", { name: "Take over what they wrote" }).click();
  await valueOf(page.getByLabel("Occupation", { exact: true }), OCCUPATIONS.right);
  const proposed = page.waitForResponse((answer) => answer.url().endsWith("/steps"));
  await page.getByRole("button", { name: "Propose a correction" }).click();
  assert.equal((await proposed).status(), 200, await (await proposed).text());
}

export async function grant(rights: RightsStage, one: RightCase, requestId: string): Promise<void> {
  const { page } = rights.officer;
  await openRight(rights, rights.officer, requestId);
  const { rules } = rights;
  const { citation = "" } = rules.find(({ ruleId }) => ruleId === one.rule) ?? {};
  if (one.rule !== "HOUSE")
    await page.getByRole("listitem").filter({ hasText: citation }).filter({ hasText: "applies" }).first().waitFor();
  await seeExemption(rights, rights.officer, one);
  await choose(page, "Next", "Decide");
  await page.getByLabel("Fulfilled", { exact: true }).check();
  if (one.kind === "correction") {
    await page.getByRole("button", { name: "Read the proposed correction" }).click();
    await page.getByRole("region", { name: "Proposed correction" }).getByText(OCCUPATIONS.right).waitFor();
  }
  const isReview = one.kind === "automated-decision-review";
  if (isReview) await page.getByLabel("The decision was changed").check();
  if (isAnsweredInWords(one)) await page.getByLabel("Reason").fill(REASON);
  await page.getByRole("button", { name: "Record", exact: true }).click();
  await page
    .getByRole("definition")
    .filter({ hasText: /^Fulfilled$/ })
    .waitFor();
}

/** By what a law of the place leaves it out: in plain words, and as the rule has it. */
async function seeExemption(
  { rules }: Pick<RightsStage, "rules">,
  { page }: Visitor,
  { exempt }: RightCase,
): Promise<void> {
  if (exempt === undefined) return;
  const { citation = "", exemption } = rules.find(({ ruleId }) => ruleId === exempt.ruleId) ?? {};
  const law = page.getByRole("listitem").filter({ hasText: `${citation}: ${LEFT_OUT[EXEMPTIONS[exempt.by]]}` });
  await law.getByText(PLAINLY[exempt.by]).waitFor();
  await law.getByText(exemption?.text ?? "none").waitFor();
}

const LEFT_OUT = {
  "insurer-exempt": "does not reach insurers",
  "data-exempt": "leaves out what insurance law covers",
} as const;
const PLAINLY = {
  "glba-entity": "this law leaves out whoever is governed by it",
  "glba-data": "this law leaves such information out",
  insurer: "This law leaves insurers out as such",
} as const;

/** The customer is told, and the limit ends. */
export async function lift(rights: RightsStage, requestId: string): Promise<void> {
  const { page } = rights.officer;
  await openRight(rights, rights.officer, requestId);
  await choose(page, "Next", "End the restriction");
  await page.getByLabel("Words").fill(FAREWELL);
  await page.getByRole("button", { name: "End the restriction" }).click();
  await page.getByText("in force", { exact: true }).waitFor({ state: "hidden" });
}

/** Signed in by a passkey, as whoever fetches a copy has to be: the file as the browser saves it. */
export async function fetchCopy({ stage, customer }: RightsStage, { customerId }: RightAsker): Promise<string> {
  const { page } = customer;
  await signInStrongly(stage, customer, customerId);
  await page.goto(`${stage.site}/portal/copies`);
  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "For other systems (JSON)" }).click();
  return readFile(await (await saved).path(), "utf8");
}

/** The customer sees the answer, and what was done. */
export async function seeAnswer(rights: RightsStage, one: RightCase, { asker, requestId }: Walked): Promise<void> {
  const { stage, customer } = rights;
  const { page } = customer;
  if (one.isFiled === true) await signInCustomer(stage, customer, asker.email);
  await page.goto(`${stage.site}/portal/rights`);
  await page.getByRole("link", { name: KINDS[one.kind] ?? one.kind }).click();
  await page.waitForURL(`**/portal/rights/${requestId}`);
  await page.getByRole("alert").filter({ hasText: "Fulfilled" }).waitFor();
  for (const deed of DEEDS[one.kind] ?? [])
    await page
      .getByRole("listitem")
      .filter({ hasText: `${deed}: done` })
      .waitFor();
}

/** What the customer is told was done at once; a copy is made afterwards, and an answer is all that there is to some. */
const DEEDS: Readonly<Partial<Record<RightCase["kind"], readonly string[]>>> = {
  correction: ["The correction in the file"],
  restriction: ["The limit on what is done with it"],
  objection: ["The no to offers and advertising"],
  "opt-out": [
    "The no to offers and advertising",
    "The no to sharing with companies of our group",
    "The no to sharing with others, and to sale",
  ],
  accounting: ["The list of who was given something"],
  "automated-decision-review": ["A person looked at the decision again"],
};
