// The interface's closed lists are the server's own: a word added on one side only is found here.
import assert from "node:assert/strict";
import { test } from "node:test";
import { MATTERS, RIGHT_KINDS, STEP_CODES, VERDICTS } from "../src/clocks/clocks.ts";
import { RECIPIENTS } from "../src/disclosure/disclosure.ts";
import { ENDINGS } from "../src/documents/documents.ts";
import * as kernel from "../src/kernel/vocabulary.ts";
import { PAPER_ENDINGS } from "./file-endings.ts";
import { rightKind, rightMatter, rightStepCode, rightVerdict } from "./right-codes.ts";
import * as contract from "./vocabulary.ts";

test("the interface and the server speak the same closed lists", () => {
  const pairs = [
    [contract.dataClass.options, kernel.DATA_CLASSES],
    [contract.purpose.options, kernel.PURPOSES],
    [contract.basis.options, kernel.BASES],
    [contract.role.options, kernel.ROLES],
    [contract.assignmentKind.options, kernel.ASSIGNMENT_KINDS],
    [contract.flagKind.options, kernel.FLAGS],
    [contract.form.options, kernel.FORMS],
    [contract.line.options, kernel.LINES],
    [rightKind.options, RIGHT_KINDS],
    [rightMatter.options, MATTERS],
    [rightVerdict.options, VERDICTS],
    [rightStepCode.options, STEP_CODES],
    [contract.linkKind.options, kernel.LINK_KINDS],
    [contract.recipientType.options, RECIPIENTS.filter((type) => type !== "none")],
  ] as const;
  for (const [interfaceWords, serverWords] of pairs) assert.deepEqual([...interfaceWords], [...serverWords]);
});

test("a paper's file is named alike by the server and by pages", () => {
  assert.deepEqual(Object.entries(PAPER_ENDINGS), Object.entries(ENDINGS));
});
