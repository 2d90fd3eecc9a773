// For tests: certificates for 127.0.0.1, self-signed or issued, made on the spot so that no private key lies in the repository.
import { generateKeyPairSync, randomBytes, sign, X509Certificate } from "node:crypto";

export interface TestCertificate {
  readonly certPem: string;
  readonly keyPem: string;
}

/** Left out: a certificate of the server's own name, that signed itself. */
export interface TestCertificateParts {
  readonly commonName?: string;
  readonly dnsName?: string;
  readonly uri?: string;
  /** Who issued it. */
  readonly by?: TestCertificate;
  /** When it ends, in days after `now`; before it began, when negative. */
  readonly days?: number;
}

const SEQUENCE = 0x30;
const SET = 0x31;
const ECDSA_WITH_SHA256 = "2a8648ce3d040302";
const COMMON_NAME = "550403";
const SUBJECT_ALT_NAME = "551d11";
const BASIC_CONSTRAINTS = "551d13";
const DAY_MS = 86_400_000;

/** X.509 v3 (RFC 5280 4.1), ECDSA on P-256, valid for a day around `now`. */
export function makeTestCertificate(now: Date, parts: TestCertificateParts = {}): TestCertificate {
  const { commonName = "uberrima test", by, days = 1 } = parts;
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const algorithm = der(SEQUENCE, oid(ECDSA_WITH_SHA256));
  const subject = nameOf(commonName);
  const issuer = by === undefined ? subject : subjectIn(by);
  const validity = der(SEQUENCE, time(now, Math.min(-DAY_MS, 2 * days * DAY_MS)), time(now, days * DAY_MS));
  const authority = der(SEQUENCE, ...(by === undefined ? [der(0x01, Buffer.from([0xff]))] : []));
  const extensions = der(
    0xa3,
    der(SEQUENCE, extension(SUBJECT_ALT_NAME, namesOf(parts)), extension(BASIC_CONSTRAINTS, authority)),
  );
  const serial = der(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)]));
  const version = der(0xa0, der(0x02, Buffer.from([2])));
  const subjectKey = publicKey.export({ type: "spki", format: "der" });
  const body = der(SEQUENCE, version, serial, algorithm, issuer, validity, subject, subjectKey, extensions);
  const signature = der(0x03, Buffer.from([0]), sign("sha256", body, by?.keyPem ?? privateKey));
  return {
    certPem: pem("CERTIFICATE", der(SEQUENCE, body, algorithm, signature)),
    keyPem: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  };
}

function nameOf(commonName: string): Buffer {
  return der(SEQUENCE, der(SET, der(SEQUENCE, oid(COMMON_NAME), der(0x0c, Buffer.from(commonName)))));
}

function subjectIn({ certPem }: TestCertificate): Buffer {
  return nameOf(new X509Certificate(certPem).subject.replace(/^CN=/, ""));
}

/** RFC 5280 4.2.1.6: tag 7 is an IP address, tag 2 a DNS name, tag 6 a URI. */
function namesOf({ dnsName = "localhost", uri }: TestCertificateParts): Buffer {
  const others = uri === undefined ? [] : [der(0x86, Buffer.from(uri))];
  return der(SEQUENCE, der(0x87, Buffer.from([127, 0, 0, 1])), der(0x82, Buffer.from(dnsName)), ...others);
}

function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const size = content.length;
  const length = size < 128 ? [size] : size < 256 ? [0x81, size] : [0x82, size >> 8, size & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
}

function oid(hex: string): Buffer {
  return der(0x06, Buffer.from(hex, "hex"));
}

function extension(id: string, value: Buffer): Buffer {
  return der(SEQUENCE, oid(id), der(0x04, value));
}

function time(now: Date, shiftMs: number): Buffer {
  const text = new Date(now.getTime() + shiftMs).toISOString();
  return der(0x18, Buffer.from(`${text.slice(0, 19).replaceAll(/[-:T]/g, "")}Z`));
}

function pem(label: string, bytes: Buffer): string {
  const lines = bytes
    .toString("base64")
    .replaceAll(/(.{64})/g, "$1\n")
    .trimEnd();
  return `-----BEGIN ${label}-----\n${lines}\n-----END ${label}-----\n`;
}
