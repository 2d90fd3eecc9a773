// For tests: records of a copy as the FHIR form prints them.
import assert from "node:assert/strict";
import { newId } from "../kernel/ids.ts";
import type { GivenField, GivenRecord } from "./gather.ts";
import type { PackageFace } from "./package-row.ts";
import { printFhir } from "./print-fhir.ts";

export type { GivenField, GivenRecord };

export interface Resource {
  readonly resourceType: string;
  readonly [name: string]: unknown;
}

export interface PrintedBundle extends Resource {
  readonly entry: readonly { readonly fullUrl: string; readonly resource: Resource }[];
}

export async function printedFhir(
  records: readonly GivenRecord[],
  customerId: string = newId(),
): Promise<PrintedBundle> {
  const face = { copyId: newId(), customerId, madeAt: "2026-02-03T04:05:06.000Z" } as unknown as PackageFace;
  const given = async function* () {
    yield* records;
  };
  const printing = { face, others: [], records: given, bytesOf: () => assert.fail("no papers in FHIR") };
  return JSON.parse((await Array.fromAsync(printFhir(printing))).join("")) as PrintedBundle;
}
