// For tests: the golden vectors of vectors/*.json, and the public proof vectors where they lie beside the project.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export interface LedgerVectors {
  origin: string;
  logSeed: string;
  logKey: string;
  promiseSeed: string;
  promiseKey: string;
  entries: { index: number; time: number; r: string; detail: string; leaf: string; leafHash: string }[];
  checkpoints: { size: number; note: string }[];
  receipts: { index: number; size: number; text: string }[];
  promises: { index: number; time: number; leaf: string; position: number; path: string[]; note: string }[];
}

export interface TreeVectors {
  entries: string[];
  roots: string[];
  inclusion: { index: number; size: number; path: string[] }[];
  consistency: { older: number; newer: number; proof: string[] }[];
}

export interface NoteVectors {
  notes: { key: string; seed?: string; name: string; text: string; note: string }[];
  badKeys: string[];
}

export interface TileVectors {
  paths: { level: number | "entries"; number: number; width: number; path: string }[];
  notPaths: string[];
  trees: { size: number; levels: { full: number; partial: number }[] }[];
}

/** The file's content in the shape the caller knows it to have. */
export function readVectors<Shape>(name: string): Shape {
  return JSON.parse(readFileSync(new URL(`../../vectors/${name}.json`, import.meta.url), "utf8")) as Shape;
}

const shared = new URL("../../../shared/data/vectors/merkle/testdata/", import.meta.url).pathname;

/** False, or why a test of the public proof vectors is skipped. */
export const sharedVectorsMissing: string | false = existsSync(shared) ? false : "the shared vectors are not here";

/** Every case of a folder of the transparency-dev/merkle vectors. */
export function readSharedCases<Shape>(folder: string): Shape[] {
  return readdirSync(join(shared, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".json"))
    .map((name) => JSON.parse(readFileSync(join(shared, folder, name), "utf8")) as Shape);
}

export const fromHex = (text: string): Buffer => Buffer.from(text, "hex");
export const unbase64 = (text: string): Buffer => Buffer.from(text, "base64");
