// Sixty different customers, asked for with an adjuster's session as the console's pages ask: what each answer takes.
import type { App } from "../src/app.ts";
import { asId } from "../src/kernel/ids.ts";
import { makeCustomer } from "../test/journeys/test-customers.ts";
import { quantile, timed } from "./measure.ts";
import type { Product } from "./product.ts";
import type { Figure, Goal } from "./report.ts";
import { type Employee, employ, type InHand } from "./server-staff.ts";

/** "Sixty different customers in an hour, at most two actions each" (issue 5). */
export const CLAIMS = 60;
const PURPOSE = "claim-handling";
/** As console/staff/in-hand/masked-lines.ts asks for the lines of the list. */
const LINES_TOGETHER = 20;
const LINE_FIELDS = ["person.first-name", "person.last-name", "claim.number", "claim.status", "claim.loss-date"];
const ENTITY = "acme";

type People = Pick<App["domains"], "access" | "signIns">;

/** Customers with a policy, a claim and a medical record each; the claims are in the hands of one adjuster, who is signed in. */
export async function adjusterWith(
  product: Product,
  { access, signIns }: People,
  span: { readonly from: number; readonly to: number },
): Promise<Employee> {
  const desk = await product.hire({
    name: "bench desk",
    role: "underwriter",
    purposes: ["underwriting"],
    rowScope: "assignments",
    groups: [],
    entities: [ENTITY],
    lines: ["life"],
  });
  const customers: InHand[] = [];
  for (let number = span.from; number < span.to; number += 1) {
    const { customerId, unitIds } = await makeCustomer(desk.api, number);
    customers.push({ customerId: asId(customerId), unitId: asId(unitIds[2] ?? "") });
  }
  const eachHas = customers.length;
  const admin = await access.authenticate(product.adminToken);
  if (admin === null) throw new Error("the administrator's token was refused");
  const [adjuster] = await employ({ access, signIns }, admin, { entity: ENTITY, customers, eachHas });
  if (adjuster === undefined) throw new Error("nobody was employed");
  return adjuster;
}

/** Milliseconds of the answers to one kind of request. */
interface Taken {
  readonly name: string;
  readonly milliseconds: readonly number[];
}

type Ask = (name: string, path: string, body?: object) => Promise<void>;

/** Two actions a customer: the claim is opened, in clear, and then the customer's page. One after another. */
export async function askForEach(url: string, { token, customers }: Employee): Promise<Taken[]> {
  const taken = new Map<string, number[]>();
  const ask: Ask = async (name, path, body) => {
    const [, seconds] = await timed(() => askAsPage(url, token, { path, body }));
    taken.set(name, [...(taken.get(name) ?? []), seconds * 1000]);
  };
  for (let at = 0; at < customers.length; at += LINES_TOGETHER)
    await ask("20 lines of the list of work, masked", "/v1/disclosures/batch", {
      customers: customers.slice(at, at + LINES_TOGETHER).map(inHand),
      purpose: PURPOSE,
      form: "masked",
      fields: LINE_FIELDS,
    });
  for (const one of customers) {
    await ask("the list of work", "/v1/me/work?limit=100");
    await ask("the standard view of the claim, in clear", "/v1/disclosures", { ...inHand(one), purpose: PURPOSE });
    await ask("the customer, masked", `/v1/customers/${one.customerId}?purpose=${PURPOSE}`);
    await ask("who is related", `/v1/customers/${one.customerId}/links`);
  }
  return [...taken].map(([name, milliseconds]) => ({ name, milliseconds }));
}

function inHand({ customerId, unitId }: InHand) {
  return { customerId, workContext: { unitId } };
}

/** With the cookie and the header that the pages send. Throws when anything but the whole answer comes. */
async function askAsPage(
  url: string,
  token: string,
  { path, body }: { readonly path: string; readonly body: object | undefined },
): Promise<void> {
  const headers = { cookie: `uberrima=${token}`, origin: url, "x-uberrima-request": "1" };
  const answer = await fetch(`${url}${path}`, {
    headers: { ...headers, ...(body === undefined ? {} : { "content-type": "application/json" }) },
    ...(body === undefined ? {} : { method: "POST", body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${path.split("?")[0]}: ${answer.status} ${text.slice(0, 200)}`);
  const shows = path === "/v1/disclosures" ? '"form":"clear"' : '"value":';
  if (body !== undefined && !text.includes(shows)) throw new Error(`${path}: nothing was shown`);
}

/** `customers`: how many there are in all. */
export function answerGoals(taken: readonly Taken[], customers: number): Goal[] {
  const all = { name: "all answers", milliseconds: taken.flatMap(({ milliseconds }) => milliseconds) };
  const of = `${CLAIMS} customers in the console`;
  const figures = [all, ...taken].flatMap((one) => figuresAmong(one, customers));
  return [
    { what: `${of}: p95 of answers`, ratio: quantile(all.milliseconds, 0.95), unit: "ms", atMost: 300, figures },
    { what: `${of}: p99 of answers`, ratio: quantile(all.milliseconds, 0.99), unit: "ms", atMost: 1000 },
  ];
}

/** Of few answers there is no tail to tell of. */
function figuresAmong({ name, milliseconds }: Taken, customers: number): Figure[] {
  const shares = milliseconds.length < CLAIMS ? [0.5] : [0.5, 0.95, 0.99];
  return shares.map((share) => ({
    name: `${name}, ${customers.toLocaleString("en")} customers: p${share * 100}`,
    value: quantile(milliseconds, share),
    unit: "ms",
  }));
}
