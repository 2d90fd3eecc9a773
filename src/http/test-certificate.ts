// For tests: a self-signed certificate for 127.0.0.1, made on the spot so that no private key lies in the repository.
import { generateKeyPairSync, randomBytes, sign } from "node:crypto";

export interface TestCertificate {
  readonly certPem: string;
  readonly keyPem: string;
}

const SEQUENCE = 0x30;
const SET = 0x31;
const ECDSA_WITH_SHA256 = "2a8648ce3d040302";
const COMMON_NAME = "550403";
const SUBJECT_ALT_NAME = "551d11";
const BASIC_CONSTRAINTS = "551d13";

/** X.509 v3 (RFC 5280 4.1), ECDSA on P-256, valid for a day around `now`. */
export function makeTestCertificate(now: Date): TestCertificate {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const algorithm = der(SEQUENCE, oid(ECDSA_WITH_SHA256));
  const name = der(SEQUENCE, der(SET, der(SEQUENCE, oid(COMMON_NAME), der(0x0c, Buffer.from("uberrima test")))));
  const validity = der(SEQUENCE, time(now, -86_400_000), time(now, 86_400_000));
  // RFC 5280 4.2.1.6: tag 7 is an IP address, tag 2 a DNS name.
  const names = der(SEQUENCE, der(0x87, Buffer.from([127, 0, 0, 1])), der(0x82, Buffer.from("localhost")));
  const authority = der(SEQUENCE, der(0x01, Buffer.from([0xff])));
  const extensions = der(
    0xa3,
    der(SEQUENCE, extension(SUBJECT_ALT_NAME, names), extension(BASIC_CONSTRAINTS, authority)),
  );
  const serial = der(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)]));
  const version = der(0xa0, der(0x02, Buffer.from([2])));
  const subjectKey = publicKey.export({ type: "spki", format: "der" });
  const body = der(SEQUENCE, version, serial, algorithm, name, validity, name, subjectKey, extensions);
  const signature = der(0x03, Buffer.from([0]), sign("sha256", body, privateKey));
  return {
    certPem: pem("CERTIFICATE", der(SEQUENCE, body, algorithm, signature)),
    keyPem: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  };
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
