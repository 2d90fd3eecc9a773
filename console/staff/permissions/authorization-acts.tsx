// What may be done with an authorization: withdrawn, which counts on the next decision; signed once more; or, where it was asked for, answered on paper.
import { Alert, Group, Stack, Text } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import { Moment } from "../../shared/moment.tsx";
import { useMay } from "../../shared/session.ts";
import { ShortId } from "../../shared/short-id.tsx";
import { ActForm } from "../governing/act-form.tsx";
import { DialogButton } from "../governing/dialog-button.tsx";
import type { Authorization, Form } from "./forms.ts";
import { blankDraft, dayEnd, type Draft, signedOf } from "./draft.ts";
import { Missing } from "./missing.tsx";
import { missingOf } from "./missing-elements.ts";
import { SignatureFields } from "./signature-fields.tsx";
import { ExpiryField } from "./expiry-field.tsx";

const CHANGES = { changes: ["listAuthorizations"] } as const;

export interface AuthorizationActsProps {
  readonly one: Authorization;
  readonly customerId: string;
  readonly form: Form | undefined;
}

export function AuthorizationActs(props: AuthorizationActsProps): ReactNode {
  const t = useTranslations("permissions");
  const may = useMay();
  const { one, form } = props;
  const { state } = one;
  const renews = form !== undefined && (state === "given" || state === "expired") && may("authorization.record");
  const answers = form !== undefined && state === "asked" && may("authorization.record");
  return (
    <Group gap="xs">
      {(state === "given" || state === "asked") && may("authorization.withdraw") && (
        <DialogButton
          size="compact-sm"
          label={t("withdraw.open")}
          title={t("withdraw.title")}
          dialog={(close) => <Withdrawing {...props} onDone={close} />}
        />
      )}
      {renews && (
        <DialogButton
          size="compact-sm"
          label={t("renew.open")}
          title={t("renew.title")}
          dialog={(close) => <Signing {...props} form={form} renews onDone={close} />}
        />
      )}
      {answers && (
        <DialogButton
          size="compact-sm"
          label={t("answer.open")}
          title={t("answer.title")}
          dialog={(close) => <Signing {...props} form={form} renews={false} onDone={close} />}
        />
      )}
    </Group>
  );
}

function Withdrawing({ one, customerId, onDone }: AuthorizationActsProps & { readonly onDone: () => void }): ReactNode {
  const t = useTranslations("permissions");
  const act = useAct("withdrawAuthorization", { ...CHANGES, onDone });
  const { authorizationId, lastUse } = one;
  return (
    <ActForm
      action={t("withdraw.now")}
      act={act}
      isDangerous
      onCancel={onDone}
      onSubmit={() => act.mutate({ params: { customerId, authorizationId } })}
    >
      <Text size="sm">{t("withdraw.text")}</Text>
      <Text size="sm">
        {lastUse === null
          ? t("withdraw.unused")
          : t.rich("withdraw.used", {
              at: () => <Moment at={lastUse.at} />,
              entry: () => <ShortId id={lastUse.entryId} />,
            })}
      </Text>
    </ActForm>
  );
}

interface SigningProps extends AuthorizationActsProps {
  readonly form: Form;
  readonly renews: boolean;
  readonly onDone: () => void;
}

/** A new paper for what stands: its reach is that of the one before, or of what was asked for. */
function Signing({ one, customerId, form, renews, onDone }: SigningProps): ReactNode {
  const t = useTranslations("permissions");
  const [draft, setDraft] = useState<Draft>(() => ({ ...blankDraft(), form: form.form, ...reachOf(one) }));
  const renew = useAct("renewAuthorization", { ...CHANGES, onDone });
  const answer = useAct("answerAuthorization", { ...CHANGES, onDone });
  const params = { customerId, authorizationId: one.authorizationId };
  const known = renews ? draft : { ...draft, expires: one.expiresAt?.slice(0, 10) ?? "" };
  const missing = missingOf(form, known);
  const signed = signedOf(draft);
  const send = (): void => {
    if (signed === null) return;
    if (renews) renew.mutate({ params, body: { expiresAt: dayEnd(draft.expires), signed } });
    else answer.mutate({ params, body: { signed } });
  };
  return (
    <ActForm
      action={t(renews ? "renew.now" : "answer.now")}
      act={renews ? renew : answer}
      isIncomplete={missing.length > 0 || signed === null}
      onCancel={onDone}
      onSubmit={send}
    >
      <Stack gap="sm">
        <Text size="sm">{t(renews ? "renew.text" : "answer.text")}</Text>
        <SignatureFields customerId={customerId} form={form} draft={draft} onChange={setDraft} />
        {renews && <ExpiryField form={form} draft={draft} onChange={setDraft} />}
        <Missing of={missing} />
        {renews && <Alert color="blue">{t("notYourOwn")}</Alert>}
      </Stack>
    </ActForm>
  );
}

function reachOf({ classes, purposes, recipients }: Authorization) {
  return { classes, purposes, recipients: recipients.map(({ type }) => type) };
}
