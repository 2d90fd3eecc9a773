// Where webhooks may go, as settings; which there are is decided by people while the server runs.
import { z } from "zod";

export interface WebhookSettings {
  readonly caFile: string | null;
  readonly isPrivateAllowed: boolean;
}

export const webhookVariables = {
  UBERRIMA_WEBHOOKS_CA: z.string().min(1).optional(),
  UBERRIMA_WEBHOOKS_PRIVATE_ADDRESSES: z.enum(["allow", "refuse"]).default("refuse"),
};
type Given = z.output<z.ZodObject<typeof webhookVariables>>;

export function webhookSettings(given: Given): WebhookSettings {
  return {
    caFile: given.UBERRIMA_WEBHOOKS_CA ?? null,
    isPrivateAllowed: given.UBERRIMA_WEBHOOKS_PRIVATE_ADDRESSES === "allow",
  };
}
