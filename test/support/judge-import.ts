// Whether an import fits the layers, and goes through a door.
import { LAYERS } from "./layers.ts";
import { type Import, type SourceFile, isTest, isTestSupport } from "./source-files.ts";

/** Where one package alone may be used, so that what it stands for has one place. */
const PACKAGE_PLACES: Readonly<Record<string, string>> = {
  pg: "src/postgres",
  fastify: "src/http",
  nodemailer: "src/mail",
  "date-holidays": "src/clocks",
  "@cedar-policy/cedar-wasm": "src/disclosure",
};

/** Megabytes that most servers never use: loaded when first used, not when the server starts. */
const LATE_PACKAGES: ReadonlySet<string> = new Set([
  "age-encryption",
  "date-holidays",
  "fflate",
  "nodemailer",
  "openid-client",
  "pdfkit",
  "qrcode",
  "@simplewebauthn/server",
  "@zxcvbn-ts/core",
  "@zxcvbn-ts/language-common",
  "@zxcvbn-ts/language-en",
]);

/** Opens plaintext: the one door (architecture.md, promise 1). */
export const PLAINTEXT_DOOR = "src/vault/open.ts";
export const PLAINTEXT_USER = "src/disclosure";

export function layerOf(path: string): string | undefined {
  return Object.keys(LAYERS)
    .filter((layer) => path.startsWith(`${layer}/`))
    .sort((left, right) => right.length - left.length)[0];
}

/** Says what is wrong with an import, or null. Tests may use any door, and the test support of any part. */
export function judgeImport(file: SourceFile, { target, ours, names }: Import): string | null {
  if (!ours) return judgePackage(file, target) ?? judgeTime(file, target, names);
  if (isTestSupport(target) && !isTest(file.path)) return "uses test support outside a test";
  const from = layerOf(file.path);
  const to = layerOf(target);
  if (target === PLAINTEXT_DOOR) return judgePlaintext(file, from);
  if (from === to) return null;
  if (from === undefined || to === undefined)
    return isTest(file.path) ? null : "belongs to no layer, or imports from none";
  if (isTest(file.path)) return isTestSupport(target) || isDoor(to, target) ? null : `goes around the door of ${to}`;
  if (LAYERS[from]?.mayImport.includes(to) !== true) return `${from} may not import ${to}`;
  // A part of a domain is open to the rest of it.
  return isDoor(to, target) || to.startsWith(`${from}/`) ? null : `goes around the door of ${to}`;
}

function judgePlaintext(file: SourceFile, from: string | undefined): string | null {
  if (from === PLAINTEXT_USER) return null;
  // The door's own part may test it.
  return isTest(file.path) && from === layerOf(PLAINTEXT_DOOR) ? null : `only ${PLAINTEXT_USER} may open plaintext`;
}

function judgePackage(file: SourceFile, target: string): string | null {
  const place = PACKAGE_PLACES[target];
  if (place === undefined || !file.path.startsWith("src/") || file.path.startsWith(`${place}/`)) return null;
  return isTest(file.path) ? null : `${target} belongs to ${place}`;
}

function judgeTime(file: SourceFile, target: string, names: string): string | null {
  if (!LATE_PACKAGES.has(target) || !file.path.startsWith("src/") || isTest(file.path)) return null;
  return names === "" || names.startsWith("type ") ? null : `${target} is loaded when first used`;
}

function isDoor(layer: string, target: string): boolean {
  const doors = LAYERS[layer]?.doors ?? [`${layer.split("/").at(-1)}.ts`];
  return doors.includes("*") || doors.some((door) => target === `${layer}/${door}`);
}
