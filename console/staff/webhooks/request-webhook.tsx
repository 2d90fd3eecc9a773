// Asking for a webhook; the secret is shown this once, and a second person approves.
import { MultiSelect, Text, TextInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import type { AskingOf } from "../../shared/ask.ts";
import { ActForm } from "../governing/act-form.tsx";
import { LinkOnce } from "../governing/link-once.tsx";
import { EVENTS } from "./event-names.ts";

type Type = AskingOf<"requestWebhook">["body"]["types"][number];

export function RequestWebhook({ onDone }: { readonly onDone: () => void }): ReactNode {
  const t = useTranslations("webhooks");
  const [name, setName] = useState("");
  const [url, setUrl] = useState("https://");
  const [types, setTypes] = useState<Type[]>([]);
  const [secret, setSecret] = useState<string | null>(null);
  const request = useAct("requestWebhook", {
    changes: ["listWebhooks"],
    onDone: ({ secret: made }) => (made === null ? onDone() : setSecret(made)),
  });
  if (secret !== null) return <LinkOnce link={secret} lead={t("secretLead")} onKept={onDone} />;
  return (
    <ActForm
      action={t("ask")}
      act={request}
      lacks={[name.trim() === "" && t("name"), !URL.canParse(url) && t("url"), types.length === 0 && t("types")]}
      onSubmit={() => request.mutate({ body: { name: name.trim(), url: url.trim(), types } })}
      onCancel={onDone}
    >
      <TextInput
        label={t("name")}
        data-autofocus
        maxLength={80}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <TextInput
        label={t("url")}
        description={t("urlHint")}
        type="url"
        maxLength={2000}
        value={url}
        onChange={(event) => setUrl(event.currentTarget.value)}
      />
      <MultiSelect
        label={t("types")}
        data={EVENTS.map((value) => ({ value, label: t(`events.${nameOf(value)}`) }))}
        value={types}
        onChange={(values) => setTypes(values as Type[])}
      />
      <Text size="sm" c="dimmed">
        {t("second")}
      </Text>
    </ActForm>
  );
}

/** Dots are paths in the texts. */
function nameOf(type: Type) {
  return type.replace(".", "-") as "customer-erased";
}
