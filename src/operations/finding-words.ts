// What each finding of a verification means, in words for whoever reads the report.

const WORDS: Readonly<Record<string, string>> = {
  altered: "the record is not what was last written",
  aged: "an earlier revision of the record was put back",
  missing: "what the ledger says was written is not there",
  extra: "nobody wrote this",
  "history-missing": "an earlier revision is no longer kept",
  "history-altered": "an earlier revision was changed",
  "history-extra": "a revision is kept that nobody wrote",
  "customer-forged": "the customer's authority state was changed behind the server's back",
  "customer-aged": "an earlier state of the customer was put back",
  "customer-missing": "the customer's row is gone",
  "unit-forged": "the retention unit was changed behind the server's back",
  "unit-aged": "an earlier state of the retention unit was put back",
  "unit-missing": "the retention unit's row is gone",
  "link-forged": "a link between two customers was changed behind the server's back",
  "link-aged": "an earlier state of a link between two customers was put back",
  "link-missing": "a link between two customers is gone",
  "source-forged": "where a source system's key leads was changed behind the server's back",
  "key-missing": "the unit's wrapped keys are gone without an erasure",
  "key-does-not-open": "the unit's wrapped keys were changed",
  "checks-do-not-open": "what is kept to check the record was changed",
  "token-missing": "a search token is gone",
  "token-extra": "a search token was added",
  forged: "written behind the server's back; it grants nothing",
  "act-unknown": "the ledger has no act that wrote this",
  "content-differs": "the act that wrote this says something else",
  "rolled-back": "an earlier state was put back",
  "revision-repeats": "one revision was written twice: an earlier state stood there in between",
  "assignments-differ": "the customer's assignments are not those its seal was made over",
  "entry-missing": "an entry is gone from the ledger",
  "entry-beyond-head": "an entry stands beyond the ledger's end",
  "subject-without-entry": "a subject stands without its entry",
  "tile-differs": "a tile does not hold the hashes of its entries",
  "root-differs": "the entries do not give the signed root",
  "checkpoint-not-ours": "the checkpoint was not signed by this log",
  forked: "the log is not the one the signer remembers",
};

export function wordsFor(code: string): string {
  return WORDS[code] ?? code.replaceAll("-", " ");
}
