// The routes of the register of third parties, in one list.
import { deleteRecipientsIdContractsId } from "./delete-recipients-id-contracts-id.ts";
import { deleteRecipientsIdKeysId } from "./delete-recipients-id-keys-id.ts";
import { deleteRecipientsIdPasskeysId } from "./delete-recipients-id-passkeys-id.ts";
import { deleteRecipientsIdTokensField } from "./delete-recipients-id-tokens-field.ts";
import { getRecipients } from "./get-recipients.ts";
import { getRecipientsId } from "./get-recipients-id.ts";
import { getRecipientsIdTokens } from "./get-recipients-id-tokens.ts";
import { postRecipients } from "./post-recipients.ts";
import { postRecipientsIdApproval } from "./post-recipients-id-approval.ts";
import { postRecipientsIdContracts } from "./post-recipients-id-contracts.ts";
import { postRecipientsIdContractsIdApproval } from "./post-recipients-id-contracts-id-approval.ts";
import { postRecipientsIdExit } from "./post-recipients-id-exit.ts";
import { postRecipientsIdKeys } from "./post-recipients-id-keys.ts";
import { postRecipientsIdKeysIdApproval } from "./post-recipients-id-keys-id-approval.ts";
import { postRecipientsIdSuspension } from "./post-recipients-id-suspension.ts";
import { putRecipientsId } from "./put-recipients-id.ts";

export const RECIPIENT_ROUTES = [
  deleteRecipientsIdContractsId,
  deleteRecipientsIdKeysId,
  deleteRecipientsIdPasskeysId,
  deleteRecipientsIdTokensField,
  getRecipients,
  getRecipientsId,
  getRecipientsIdTokens,
  postRecipients,
  postRecipientsIdApproval,
  postRecipientsIdContracts,
  postRecipientsIdContractsIdApproval,
  postRecipientsIdExit,
  postRecipientsIdKeys,
  postRecipientsIdKeysIdApproval,
  postRecipientsIdSuspension,
  putRecipientsId,
] as const;
