// What a third party is called: the register's own name, for whoever may read it.
import { shortId } from "../../shared/short-id.tsx";
import { useAllRecipients } from "../recipients/all-recipients.ts";

export function useRecipientName(): (recipientId: string) => string {
  const { rows } = useAllRecipients();
  return (recipientId) => rows.find((each) => each.recipientId === recipientId)?.name ?? shortId(recipientId);
}
