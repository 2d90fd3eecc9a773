// For tests: made-up rows in the form of the life insurer's policy feed.
import { createHash } from "node:crypto";

export interface TestFeed {
  readonly bytes: Buffer<ArrayBuffer>;
  readonly sha256: string;
}

const POLICY_COLUMNS =
  "policyid,customerno,policyquotationdate,policyeffectivedate,sex,firstname,lastname,customerdob,issuestate,city,country,issueage," +
  "smokingclass,uwclass,coverageunit,prodcode,yearlypremium,policystatus,sumassured,nationalid,maritalstatus,emailid,phoneno,policyterm," +
  "newrenew,producer,policyterminationdate,policyterminationreason,monthlypremium,agentcommision,premiumpaidtilldate,commisionpaidtilldate," +
  "beneficiaryname,beneficiaryrelationship,beneficiarypct,lastupdated";

const LETTERS = "abcdefghijklmnopqrstuvwxyz";

/** Three policies to two customers; `change` replaces columns by name. */
export function policyRow(at: number, change: Readonly<Record<string, string>> = {}): string {
  const customer = 500_000 + Math.floor((at * 2) / 3);
  const name = [...String(customer)].map((digit) => LETTERS[Number(digit)]).join("");
  const ssn = `9${String(customer).slice(0, 2)}-${10 + (customer % 89)}-${1000 + (customer % 8999)}`;
  const values = [
    `${7_000_000 + at},${customer},2022-09-03,2022/11/28,F,Ada,${name},1964/05/02,ND,Fargo,USA,58,N,1,96,A0001,134,A,96000`,
    `${ssn},single,${name}@example.org,701-555-0143,15,N,P77,2037-11-28,,12.84,2.82,12.84,2.82`,
    "Chad Example,Spouse,100,14/02/2023 10:19:05",
  ]
    .join(",")
    .split(",");
  const columns = POLICY_COLUMNS.split(",");
  return columns.map((column, place) => change[column] ?? values[place] ?? "").join(",");
}

export function feedOf(rows: readonly string[]): TestFeed {
  const bytes = Buffer.from(`${[POLICY_COLUMNS, ...rows].join("\n")}\n`);
  return { bytes, sha256: createHash("sha256").update(bytes).digest("hex") };
}

export function policyFeed(rows: number): TestFeed {
  return feedOf(Array.from({ length: rows }, (_, at) => policyRow(at)));
}
