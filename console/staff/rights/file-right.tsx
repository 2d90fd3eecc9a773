// A request for somebody who called or wrote: which right, where they live, in their words.
import { Card, Select, Switch, Textarea, TextInput } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import { Page } from "../../shared/page.tsx";
import { KINDS, type Kind, MATTERS, type Matter } from "../../shared/rights/kinds.ts";
import { isWhole, type PlaceDraft, PlaceFields } from "../../shared/rights/place-fields.tsx";
import { useMay } from "../../shared/session.ts";
import { ActForm } from "../governing/act-form.tsx";
import { localInput } from "../governing/local-time.ts";
import { ChooseDocument } from "../permissions/choose-document.tsx";

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function FileRight(): ReactNode {
  const t = useTranslations("rights");
  const w = useTranslations("rights-words");
  const may = useMay();
  const navigate = useNavigate();
  const [customerId, setCustomer] = useState("");
  const [kind, setKind] = useState<Kind | null>(null);
  const [about, setAbout] = useState<Matter>("insurance");
  const [place, setPlace] = useState<PlaceDraft>({ country: null, state: null });
  const [words, setWords] = useState("");
  const [received, setReceived] = useState("");
  const [isByAgent, setByAgent] = useState(false);
  const [authorityDocumentId, setDocument] = useState<string | null>(null);
  const file = useAct("fileRight", {
    changes: ["listRights"],
    onDone: ({ requestId }) => navigate({ to: may("right.read") ? `/rights/${requestId}` : "/home" }),
  });
  const isKnown = ID.test(customerId.trim());
  const lacks = [
    !isKnown && t("file.customer"),
    isByAgent && authorityDocumentId === null && t("file.paper"),
    kind === null && t("asks"),
    place.country === null ? t("file.country") : !isWhole(place) && w("state"),
  ];
  return (
    <Page title={t("file.title")} lead={t("file.lead")}>
      <Card withBorder maw="40rem">
        <ActForm
          action={t("file.do")}
          act={file}
          lacks={lacks}
          onSubmit={() => {
            if (kind === null || place.country === null) return;
            const body = { kind, about, place: { country: place.country, state: place.state } };
            const said = words.trim() === "" ? null : words.trim();
            const receivedAt = received === "" ? null : new Date(received).toISOString();
            const shown = { authorityDocumentId: isByAgent ? authorityDocumentId : null };
            const filed = { ...body, ...shown, words: said, receivedAt };
            file.mutate({ params: { customerId: customerId.trim() }, body: filed });
          }}
        >
          <TextInput
            label={t("file.customer")}
            description={t("file.customerHint")}
            autoComplete="off"
            value={customerId}
            onChange={(event) => {
              setCustomer(event.currentTarget.value);
              setDocument(null);
            }}
          />
          <ByAgent
            customerId={isKnown ? customerId.trim() : null}
            isByAgent={isByAgent}
            onByAgent={setByAgent}
            documentId={authorityDocumentId}
            onDocument={setDocument}
          />
          <Select
            label={t("asks")}
            data={KINDS.map((value) => ({ value, label: w(`kinds.${value}`) }))}
            value={kind}
            onChange={(value) => setKind(value as Kind | null)}
          />
          <Select
            label={t("about")}
            data={MATTERS.map((value) => ({ value, label: w(`matters.${value}`) }))}
            allowDeselect={false}
            value={about}
            onChange={(value) => setAbout((value ?? "insurance") as Matter)}
          />
          <PlaceFields label={t("file.country")} place={place} onChange={setPlace} />
          <Received value={received} onChange={setReceived} />
          <Textarea
            label={t("words")}
            autosize
            minRows={2}
            maxLength={4000}
            autoComplete="off"
            value={words}
            onChange={(event) => setWords(event.currentTarget.value)}
          />
        </ActForm>
      </Card>
    </Page>
  );
}

interface ReceivedProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function Received({ value, onChange }: ReceivedProps): ReactNode {
  const t = useTranslations("rights");
  return (
    <TextInput
      type="datetime-local"
      label={t("file.received")}
      description={t("file.receivedHint")}
      max={localInput(new Date())}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

interface ByAgentProps {
  /** null until there is a whole id. */
  readonly customerId: string | null;
  readonly isByAgent: boolean;
  readonly onByAgent: (isByAgent: boolean) => void;
  readonly documentId: string | null;
  readonly onDocument: (recordId: string | null) => void;
}

/** Whoever asks in somebody's name, and the paper by which they may (11 CCR 7063). */
function ByAgent({ customerId, isByAgent, onByAgent, documentId, onDocument }: ByAgentProps): ReactNode {
  const t = useTranslations("rights");
  return (
    <>
      <Switch
        label={t("file.agent")}
        description={t("file.agentHint")}
        checked={isByAgent}
        onChange={(event) => onByAgent(event.currentTarget.checked)}
      />
      {isByAgent && customerId !== null && (
        <ChooseDocument key={customerId} customerId={customerId} kind="form" value={documentId} onChange={onDocument} />
      )}
    </>
  );
}
