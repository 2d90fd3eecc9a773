// Temporary measurement.
import { test } from "node:test";
import { newId } from "../kernel/ids.ts";
import { openTestVault, personDraft, recordDraft, ACTOR } from "./test-vault.ts";
import { entryFor } from "./vault.ts";
test("bench", async () => {
  const v = await openTestVault();
  const draft = (n: number) => personDraft([
    recordDraft("person", {"customer-number": String(10000000+n),"first-name":"Lance"+String.fromCharCode(97+n%26),"last-name":"Jones"+String.fromCharCode(97+(n>>4)%26)+String.fromCharCode(97+(n>>8)%26),"birth-date":`19${10+n%80}-05-02`,"sex":"male","marital-status":"single","occupation":"Engineer, materials","employer-name":"Howard-Simmons","annual-income":"21505"}),
    recordDraft("contact", {email:`n${n}@hotmail.com`,phone:`701-555-${String(1000+n%9000)}`}),
    recordDraft("government-id",{ssn:`${String(100+n%600)}-${String(10+(n>>3)%80)}-${String(1000+n%8999)}`,"holder-last-name":"Jones"}),
  ], [{system:"life",kind:"customer",key:String(n)}]);
  let n = 0;
  for (let b=0;b<16;b++) {
    const drafts = Array.from({length: 250}, () => draft(n++));
    const t = performance.now(); const cpu = process.cpuUsage();
    const marks: string[] = []; let last = t;
    await v.db.database.transaction(async (tx) => {
      const act = newId();
      const query = async (s: any) => { const r = await tx.query(s); return r; };
      const { written, suggestions } = await v.vault.createMany({ ...tx, query } as any, act, drafts);
      marks.push(`create ${(performance.now()-last).toFixed(0)}`); last = performance.now();
      await v.ledger.appendIn(tx, [entryFor({ entryId: act, kind: "import" }, ACTOR, written)]);
      marks.push(`append ${(performance.now()-last).toFixed(0)} sugg ${suggestions.length}`);
    });
    const c = process.cpuUsage(cpu);
    console.log(b, (performance.now()-t).toFixed(0)+"ms", "cpu", (c.user/1000).toFixed(0), marks.join(" "));
  }
  const t = performance.now();
  for (let i=0;i<200;i++) await v.vault.search({indexName:"email",values:{email:`n${i*7}@hotmail.com`}});
  console.log("exact search ms", (performance.now()-t)/200);
  const t2 = performance.now();
  for (let i=0;i<20;i++) { const r = await v.vault.search({indexName:"person-prefix-birth-year",values:{"last-name":"Jonesaa","birth-date":String(1910+i)}}); if(i<2) console.log(r.hits.length); }
  console.log("prefix search ms", (performance.now()-t2)/20);
  await v.close();
});
