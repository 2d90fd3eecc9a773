// Who a third party is: asked for by one and counting once another has approved, at first and whenever it is stated anew.
import { PasswordInput, Select, Text, Textarea, TextInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useMessages, useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import type { AskingOf } from "../../shared/ask.ts";
import { ActForm } from "../governing/act-form.tsx";
import { choices } from "../governing/choices.ts";
import type { RecipientFile } from "./recipient.tsx";
import { Subcontractors } from "./subcontractors.tsx";

type Details = AskingOf<"requestRecipient">["body"];
export type Subcontractor = NonNullable<Details["subcontractors"]>[number];
interface Draft extends Omit<
  Details,
  | "type"
  | "subcontractors"
  | "contact"
  | "postalAddress"
  | "identityProvider"
  | "identityClientId"
  | "identityClientSecret"
> {
  readonly type: Details["type"] | null;
  readonly contact: string;
  /** A line each. */
  readonly postalAddress: string;
  readonly identityProvider: string;
  readonly identityClientId: string;
  readonly identityClientSecret: string;
  readonly subcontractors: readonly Subcontractor[];
}

const CHANGES = ["listRecipients", "getRecipient"] as const;
const PLACE = /^[A-Z]{2}(-[A-Z0-9]{1,3})?$/;

export function RequestRecipient({ onDone }: { readonly onDone: () => void }): ReactNode {
  const t = useTranslations("recipients");
  const act = useAct("requestRecipient", { changes: CHANGES, onDone });
  return (
    <DetailsForm action={t("ask")} act={act} onCancel={onDone} onSubmit={(body) => act.mutate({ body })}>
      {t("second")}
    </DetailsForm>
  );
}

interface ChangeProps {
  readonly recipient: RecipientFile;
  readonly onDone: () => void;
}

export function ChangeRecipient({ recipient, onDone }: ChangeProps): ReactNode {
  const t = useTranslations("recipients");
  const act = useAct("changeRecipient", { changes: CHANGES, onDone });
  const params = { recipientId: recipient.recipientId };
  return (
    <DetailsForm
      action={t("ask")}
      act={act}
      begin={recipient}
      onCancel={onDone}
      onSubmit={(body) => act.mutate({ params, body })}
    >
      {t("changeWhat")}
    </DetailsForm>
  );
}

interface FormProps {
  readonly action: string;
  readonly act: { readonly isPending: boolean; readonly error: unknown };
  readonly begin?: RecipientFile;
  readonly onSubmit: (details: Details) => void;
  readonly onCancel: () => void;
  readonly children: ReactNode;
}

function DetailsForm({ action, act, begin, onSubmit, onCancel, children }: FormProps): ReactNode {
  const t = useTranslations("recipients");
  const [draft, setDraft] = useState<Draft>(() => draftOf(begin));
  const set = (part: Partial<Draft>): void => setDraft({ ...draft, ...part });
  const types = useMessages().words.recipients;
  const details = detailsOf(draft);
  return (
    <ActForm
      action={action}
      act={act}
      isIncomplete={details === null}
      onCancel={onCancel}
      onSubmit={() => details !== null && onSubmit(details)}
    >
      <TextInput
        label={t("name")}
        data-autofocus
        maxLength={200}
        value={draft.name}
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      <Select
        label={t("type")}
        searchable
        data={choices(Object.keys(types) as Details["type"][], (type) => types[type])}
        value={draft.type}
        onChange={(value) => set({ type: value as Details["type"] | null })}
      />
      <TextInput
        label={t("jurisdiction")}
        description={t("jurisdictionHint")}
        maxLength={6}
        value={draft.jurisdiction}
        onChange={(event) => set({ jurisdiction: event.currentTarget.value.toUpperCase() })}
      />
      <Textarea
        label={t("verification")}
        description={t("verificationHint")}
        autosize
        minRows={2}
        maxLength={1000}
        value={draft.verification}
        onChange={(event) => set({ verification: event.currentTarget.value })}
      />
      <Reached draft={draft} set={set} />
      <TextInput
        label={t("identityProvider")}
        description={t("identityProviderHint")}
        type="url"
        placeholder="https://"
        maxLength={300}
        value={draft.identityProvider}
        onChange={(event) => set({ identityProvider: event.currentTarget.value })}
      />
      {draft.identityProvider !== "" && (
        <>
          <TextInput
            label={t("identityClientId")}
            description={t("identityClientIdHint", { callback: `${location.origin}/v1/rooms/callback` })}
            maxLength={200}
            spellCheck={false}
            value={draft.identityClientId}
            onChange={(event) => set({ identityClientId: event.currentTarget.value })}
          />
          <PasswordInput
            label={t("identityClientSecret")}
            description={t(isHeld(begin, draft) ? "identityClientSecretKept" : "identityClientSecretHint")}
            minLength={16}
            maxLength={300}
            autoComplete="off"
            value={draft.identityClientSecret}
            onChange={(event) => set({ identityClientSecret: event.currentTarget.value })}
          />
        </>
      )}
      <Subcontractors of={draft.subcontractors} onChange={(subcontractors) => set({ subcontractors })} />
      <Text size="sm" c="dimmed">
        {children}
      </Text>
    </ActForm>
  );
}

/** As the server keeps it: while provider and client are the same. */
function isHeld(begin: RecipientFile | undefined, draft: Draft): boolean {
  const isSame =
    begin?.identityProvider === draft.identityProvider && begin.identityClientId === draft.identityClientId;
  return isSame && begin.hasIdentityClientSecret;
}

interface ReachedProps {
  readonly draft: Draft;
  readonly set: (part: Partial<Draft>) => void;
}

/** Where mail and letters go. */
function Reached({ draft, set }: ReachedProps): ReactNode {
  const t = useTranslations("recipients");
  return (
    <>
      <TextInput
        label={t("contact")}
        description={t("contactHint")}
        type="email"
        maxLength={254}
        value={draft.contact}
        onChange={(event) => set({ contact: event.currentTarget.value })}
      />
      <Textarea
        label={t("postalAddress")}
        description={t("postalAddressHint")}
        autosize
        minRows={2}
        maxRows={5}
        maxLength={300}
        value={draft.postalAddress}
        onChange={(event) => set({ postalAddress: event.currentTarget.value })}
      />
    </>
  );
}

function draftOf(begin: RecipientFile | undefined): Draft {
  return {
    name: begin?.name ?? "",
    type: begin?.type ?? null,
    jurisdiction: begin?.jurisdiction ?? "",
    verification: begin?.verification ?? "",
    contact: begin?.contact ?? "",
    postalAddress: begin?.postalAddress.join("\n") ?? "",
    identityProvider: begin?.identityProvider ?? "",
    identityClientId: begin?.identityClientId ?? "",
    identityClientSecret: "",
    subcontractors: begin?.subcontractors ?? [],
  };
}

/** null while it is not whole. */
function detailsOf(draft: Draft): Details | null {
  const { name, type, jurisdiction, verification, contact, identityProvider, identityClientId, subcontractors } = draft;
  const secret = draft.identityClientSecret.trim();
  const lines = draft.postalAddress
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const named = subcontractors.filter((each) => each.name.trim() !== "");
  const isWhole =
    name.trim() !== "" &&
    PLACE.test(jurisdiction) &&
    verification.trim() !== "" &&
    lines.length <= 5 &&
    lines.every((line) => line.length <= 60) &&
    (identityProvider === "" || /^https:\/\/./.test(identityProvider)) &&
    named.every((each) => PLACE.test(each.jurisdiction) && each.service.trim() !== "");
  if (type === null || !isWhole) return null;
  return {
    name: name.trim(),
    type,
    jurisdiction,
    verification: verification.trim(),
    contact: contact.trim() === "" ? null : contact.trim(),
    postalAddress: lines,
    identityProvider: identityProvider.trim() === "" ? null : identityProvider.trim(),
    identityClientId: identityClientId.trim() === "" ? null : identityClientId.trim(),
    ...(secret === "" ? {} : { identityClientSecret: secret }),
    subcontractors: named,
  };
}
