// For tests: the keys the ledger needs, all derived from one secret, so that two processes can share them.
import { createCipheriv, createDecipheriv, createHmac, randomBytes } from "node:crypto";
import { asSealed } from "../kernel/bytes.ts";
import type { LedgerKeys } from "./detail.ts";

// The type definitions know the older mode only; both are used alike.
const ALGORITHM = "aes-256-gcm-siv" as "aes-256-gcm";
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

export function testKeys(secret: Uint8Array = randomBytes(32)): LedgerKeys {
  const derive = (label: string): Buffer => createHmac("sha256", secret).update(label).digest();
  const key = derive("ledger-detail");
  return {
    sealUnder: (_domain, plaintext, aad) => {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES });
      cipher.setAAD(aad, { plaintextLength: plaintext.length });
      const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final()]);
      return asSealed(Buffer.concat([nonce, ciphertext, cipher.getAuthTag()]));
    },
    openUnder: (_domain, sealed, aad) => {
      const tagAt = sealed.length - TAG_BYTES;
      const decipher = createDecipheriv(ALGORITHM, key, sealed.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
      decipher.setAuthTag(sealed.subarray(tagAt));
      decipher.setAAD(aad, { plaintextLength: tagAt - NONCE_BYTES });
      return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES, tagAt)), decipher.final()]);
    },
    standing: () => "newest",
    signingSeeds: (domain) => [{ version: 1, pending: false, seed: derive(domain) }],
  };
}
